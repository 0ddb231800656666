/** Metrics that rules and runbooks read and no service of ours writes: who writes them. Ours are in docs/metrics.md. */
export const exporterMetrics: Readonly<Record<string, string>> = {
  up: 'Prometheus itself, for every target',
  node_cpu_seconds_total: 'node exporter',
  node_memory_MemAvailable_bytes: 'node exporter',
  node_memory_MemTotal_bytes: 'node exporter',
  node_filesystem_avail_bytes: 'node exporter',
  node_filesystem_readonly: 'node exporter',
  node_filesystem_size_bytes: 'node exporter',
  pg_up: 'PostgreSQL exporter',
  rabbitmq_alarms_free_disk_space_watermark: 'RabbitMQ’s plugin rabbitmq_prometheus',
  rabbitmq_alarms_memory_used_watermark: 'RabbitMQ’s plugin rabbitmq_prometheus',
  rabbitmq_detailed_queue_messages_ready: 'RabbitMQ’s plugin, at /metrics/detailed',
  otelcol_exporter_queue_capacity: 'OpenTelemetry Collector',
  otelcol_exporter_queue_size: 'OpenTelemetry Collector',
  alertmanager_notifications_failed_total: 'Alertmanager',
  prometheus_rule_evaluation_failures_total: 'Prometheus',
}
