import { BytesIEC, BytesPerSecondIEC, PercentUnit, Seconds, Short } from '@grafana/grafana-foundation-sdk/units'
import { figure } from '../parts/figure'
import { graph } from '../parts/graph'
import { note } from '../parts/note'
import { createPage } from '../parts/page'
import { rateOf } from '../parts/query'
import { database, node } from '../parts/variables'
import { stores } from './stores'

const ofNode = 'instance=~"$node"'
const ofDisk = `${ofNode}, fstype!~"tmpfs|overlay|squashfs"`
const ofNetwork = `${ofNode}, device!~"lo|veth.*|ifb.*"`

export const infrastructure = () =>
  createPage({
    uid: 'infrastructure',
    title: 'Infrastructure',
    description:
      'Nodes, pods, databases, broker, cache, and the telemetry itself: is there room, and is everything up?',
    ...{ lookBack: '3h', refresh: '30s', variables: [node(), database()] },
    rows: [
      {
        title: 'Up or down',
        panels: [
          figure({
            title: 'Targets down',
            meaning:
              'What Prometheus cannot scrape. A server that is down is blind spot and fault at once: look here first.',
            ...{ unit: Short, badFrom: 1, span: 6 },
            queries: [{ expr: 'count(up) - sum(up)', legend: 'down' }],
          }),
          graph({
            title: 'Targets by job',
            meaning: 'A step down is a replica that went away. During a deploy it comes back within seconds.',
            ...{ unit: Short, span: 18 },
            queries: [{ expr: 'sum by (job) (up)', legend: '{{job}}' }],
          }),
        ],
      },
      {
        title: 'Nodes',
        panels: [
          graph({
            title: 'CPU in use',
            meaning:
              'Above 80 % for minutes requests wait for their turn. Look at the replicas’ CPU to see whose work it is.',
            ...{ unit: PercentUnit, max: 1 },
            queries: [
              {
                expr: `1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle", ${ofNode}}[$__rate_interval]))`,
                legend: '{{instance}}',
              },
            ],
          }),
          graph({
            title: 'Memory in use',
            meaning:
              'Above 90 % the kernel begins to end processes. A line that only rises is a leak; a step is a deploy.',
            ...{ unit: PercentUnit, max: 1 },
            queries: [
              {
                expr: `1 - node_memory_MemAvailable_bytes{${ofNode}} / node_memory_MemTotal_bytes{${ofNode}}`,
                legend: '{{instance}}',
              },
            ],
          }),
          graph({
            title: 'Disk in use',
            meaning: 'A full disk stops PostgreSQL, and with it every save. Above 85 % make room today.',
            ...{ unit: PercentUnit, max: 1 },
            queries: [
              {
                expr: `1 - node_filesystem_avail_bytes{${ofDisk}} / node_filesystem_size_bytes{${ofDisk}}`,
                legend: '{{instance}} {{mountpoint}}',
              },
            ],
          }),
          graph({
            title: 'Disk busy',
            meaning:
              'Share of the time in which the disk had something to do. Near 100 % commits wait, and saves with them.',
            ...{ unit: PercentUnit, max: 1 },
            queries: [
              {
                expr: rateOf('node_disk_io_time_seconds_total', ['instance', 'device'], ofNode),
                legend: '{{instance}} {{device}}',
              },
            ],
          }),
          graph({
            title: 'Network',
            meaning:
              'Follows the number of students. Traffic without requests on the page Application is no student’s.',
            unit: BytesPerSecondIEC,
            queries: [
              { expr: rateOf('node_network_receive_bytes_total', ['instance'], ofNetwork), legend: '{{instance}} in' },
              {
                expr: rateOf('node_network_transmit_bytes_total', ['instance'], ofNetwork),
                legend: '{{instance}} out',
              },
            ],
          }),
          graph({
            title: 'Load per CPU',
            meaning: 'Processes that run or want to, for each CPU. Above 1 they wait; above 2 people feel it.',
            unit: Short,
            queries: [
              {
                expr: `node_load1{${ofNode}} / on (instance) count by (instance) (node_cpu_seconds_total{mode="idle", ${ofNode}})`,
                legend: '{{instance}}',
              },
            ],
          }),
          graph({
            title: 'Processes ended for want of memory',
            meaning: 'Not one is normal: raise the limit of whoever was ended, or find its leak.',
            ...{ unit: Short, span: 24 },
            queries: [
              { expr: `sum by (instance) (increase(node_vmstat_oom_kill{${ofNode}}[5m]))`, legend: '{{instance}}' },
            ],
          }),
        ],
      },
      {
        title: 'Pods (where Hourglass runs on Kubernetes, with kube-state-metrics)',
        panels: [
          note(
            'Empty outside Kubernetes',
            'Compose and `bun run stack` have no pods; what runs there is under *Up or down*.',
            3,
          ),
          graph({
            title: 'Pods by phase',
            meaning: 'Pending for minutes: no node has room. Failed: read the pod’s last lines on the page Logs.',
            ...{ unit: Short, span: 12, isStacked: true },
            queries: ['Running', 'Pending', 'Failed'].map((phase) => ({
              expr: `sum(kube_pod_status_phase{phase="${phase}"})`,
              legend: phase.toLowerCase(),
            })),
          }),
          graph({
            title: 'Restarts of containers',
            meaning: 'One is a fault that healed itself; a stair is a crash loop, and needs somebody.',
            ...{ unit: Short, span: 12 },
            queries: [
              { expr: 'sum by (pod) (increase(kube_pod_container_status_restarts_total[10m]))', legend: '{{pod}}' },
            ],
          }),
        ],
      },
      ...stores(),
      {
        title: 'The telemetry itself',
        panels: [
          graph({
            title: 'Waiting in the collector',
            meaning:
              'Lines and spans on the collector’s disk. They rise when Loki or Tempo is away, and drain when it is back.',
            unit: BytesIEC,
            queries: [{ expr: 'sum by (exporter) (otelcol_exporter_queue_size)', legend: '{{exporter}}' }],
          }),
          graph({
            title: 'Series in Prometheus',
            meaning:
              'Grows with replicas and routes. A jump is a label without a bound; see telemetry_labels_refused_total.',
            unit: Short,
            queries: [{ expr: 'prometheus_tsdb_head_series', legend: '{{instance}}' }],
          }),
          graph({
            title: 'Seconds of a scrape',
            meaning: 'Near the limit of 4 s points go missing, and with them the truth of all other panels.',
            unit: Seconds,
            queries: [{ expr: 'max by (job) (scrape_duration_seconds)', legend: '{{job}}' }],
          }),
        ],
      },
    ],
  })
