/**
 * Metrics that are not ours and that dashboards may use, by who has them. Read off the `/metrics` of each at the version named, but
 * for kube-state-metrics (its documentation, docs/metrics/workload/pod-metrics.md) and Tempo, which writes its own to Prometheus.
 * Of a histogram the name without `_bucket`, `_sum`, `_count`.
 */
export const metricsOfOthers: Readonly<Record<string, readonly string[]>> = {
  'Prometheus 3.16, of each target': ['up', 'scrape_duration_seconds', 'scrape_samples_scraped'],
  'Prometheus 3.16, of alerts': ['ALERTS'],
  'Prometheus 3.16': ['prometheus_tsdb_head_series', 'prometheus_tsdb_storage_blocks_bytes'],
  'node_exporter 1.5': [
    ...['node_cpu_seconds_total', 'node_load1', 'node_vmstat_oom_kill'],
    ...['node_memory_MemAvailable_bytes', 'node_memory_MemTotal_bytes'],
    ...['node_filesystem_avail_bytes', 'node_filesystem_size_bytes', 'node_disk_io_time_seconds_total'],
    ...['node_network_receive_bytes_total', 'node_network_transmit_bytes_total'],
  ],
  'postgres_exporter 0.11': [
    ...['pg_up', 'pg_database_size_bytes', 'pg_stat_activity_max_tx_duration', 'pg_stat_database_numbackends'],
    ...['pg_stat_database_xact_commit', 'pg_stat_database_xact_rollback', 'pg_stat_database_deadlocks'],
    ...['pg_stat_database_blks_hit', 'pg_stat_database_blks_read'],
  ],
  'redis_exporter 1.45': ['redis_up', 'redis_commands_processed_total', 'redis_memory_used_bytes'],
  'RabbitMQ 3.10, plugin rabbitmq_prometheus': [
    ...['rabbitmq_detailed_queue_messages', 'rabbitmq_detailed_queue_messages_ready'],
    ...['rabbitmq_global_messages_received_total', 'rabbitmq_global_messages_delivered_total'],
    ...['rabbitmq_global_messages_redelivered_total'],
    ...['rabbitmq_process_resident_memory_bytes', 'rabbitmq_resident_memory_limit_bytes'],
  ],
  'FerretDB 1.24': ['ferretdb_request_seconds'],
  'OpenTelemetry Collector 0.160': ['otelcol_exporter_queue_size', 'otelcol_exporter_queue_capacity'],
  'Tempo 2.9, metrics generator': [
    ...['traces_service_graph_request_total', 'traces_service_graph_request_failed_total'],
    ...['traces_service_graph_request_server_seconds', 'traces_spanmetrics_calls_total', 'traces_spanmetrics_latency'],
  ],
  'kube-state-metrics 2': ['kube_pod_status_phase', 'kube_pod_container_status_restarts_total'],
}

/** The metrics that docs/metrics.md lists, which a test holds against the programs. */
export function metricsOfPage(markdown: string): { name: string; type: string }[] {
  return [...markdown.matchAll(/^\| `(\w+)`\s+\| (counter|gauge|histogram)\s+\|/gm)].map(
    ([, name = '', type = '']) => ({
      name,
      type,
    }),
  )
}
