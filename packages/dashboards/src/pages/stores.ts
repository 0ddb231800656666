import {
  BytesIEC,
  CountsPerSecond,
  EventsPerSecond,
  PercentUnit,
  RequestsPerSecond,
  Seconds,
  Short,
} from '@grafana/grafana-foundation-sdk/units'
import { graph } from '../parts/graph'
import type { Page } from '../parts/page'
import { quantileOf, rateOf } from '../parts/query'

const ofDatabase = 'datname=~"$database", datname!=""'

/** Rows for what keeps data: PostgreSQL, the document store, the broker, the cache. */
export const stores = (): Page['rows'] => [
  {
    title: 'PostgreSQL',
    panels: [
      graph({
        title: 'Transactions',
        meaning:
          'Commits follow the saves of students, less the more come in one commit. Rollbacks are faults or races.',
        unit: CountsPerSecond,
        queries: [
          { expr: rateOf('pg_stat_database_xact_commit', ['datname'], ofDatabase), legend: '{{datname}} committed' },
          {
            expr: rateOf('pg_stat_database_xact_rollback', ['datname'], ofDatabase),
            legend: '{{datname}} rolled back',
          },
        ],
      }),
      graph({
        title: 'Connections',
        meaning: 'As many as the pools are large. More is somebody else, or a pool that loses its own.',
        unit: Short,
        queries: [{ expr: `sum by (datname) (pg_stat_database_numbackends{${ofDatabase}})`, legend: '{{datname}}' }],
      }),
      graph({
        title: 'Read from memory',
        meaning:
          'Share of the blocks that were in memory already. Below 95 % while students write, the database needs more of it.',
        ...{ unit: PercentUnit, max: 1 },
        queries: [
          {
            expr: `${rateOf('pg_stat_database_blks_hit', ['datname'], ofDatabase)} / (${rateOf('pg_stat_database_blks_hit', ['datname'], ofDatabase)} + ${rateOf('pg_stat_database_blks_read', ['datname'], ofDatabase)} > 0)`,
            legend: '{{datname}}',
          },
        ],
      }),
      graph({
        title: 'Longest transaction',
        meaning: 'Open for minutes it keeps old rows alive and locks held: find it in pg_stat_activity.',
        unit: Seconds,
        queries: [
          { expr: `max by (datname) (pg_stat_activity_max_tx_duration{${ofDatabase}})`, legend: '{{datname}}' },
        ],
      }),
      graph({
        title: 'Deadlocks',
        meaning:
          'PostgreSQL ended one of two transactions that waited for each other. The caller tries again; often is a fault of ours.',
        unit: Short,
        queries: [
          { expr: `sum by (datname) (increase(pg_stat_database_deadlocks{${ofDatabase}}[5m]))`, legend: '{{datname}}' },
        ],
      }),
      graph({
        title: 'Size of databases',
        meaning: 'Grows with answers and events. Compare with the room on the disk above.',
        unit: BytesIEC,
        queries: [{ expr: `max by (datname) (pg_database_size_bytes{${ofDatabase}})`, legend: '{{datname}}' }],
      }),
    ],
  },
  {
    title: 'Document store (FerretDB in the stack; MongoDB’s exporter has other names)',
    panels: [
      graph({
        title: 'Commands of the document store',
        meaning: 'Teachers who write quizzes. A running exam needs none of it.',
        ...{ unit: RequestsPerSecond, span: 12 },
        queries: [{ expr: rateOf('ferretdb_request_seconds_count', ['command']), legend: '{{command}}' }],
      }),
      graph({
        title: 'Seconds of a command',
        meaning: 'Nineteen of twenty are faster. Slow here is slow in the editor of quizzes, and nowhere else.',
        ...{ unit: Seconds, span: 12 },
        queries: [{ expr: quantileOf('0.95', 'ferretdb_request_seconds', '', ['command']), legend: '{{command}} p95' }],
      }),
    ],
  },
  {
    title: 'Broker',
    panels: [
      graph({
        title: 'Messages in queues',
        meaning:
          'Near zero: events are taken as they come. A queue that grows has a consumer that is away or fails; nothing is lost.',
        unit: Short,
        queries: [{ expr: 'sum by (queue) (rabbitmq_detailed_queue_messages)', legend: '{{queue}}' }],
      }),
      graph({
        title: 'Messages through the broker',
        meaning: 'What comes in goes out again, once for each service that listens.',
        unit: EventsPerSecond,
        queries: [
          { expr: rateOf('rabbitmq_global_messages_received_total'), legend: 'received' },
          { expr: rateOf('rabbitmq_global_messages_delivered_total'), legend: 'delivered' },
          { expr: rateOf('rabbitmq_global_messages_redelivered_total'), legend: 'delivered again' },
        ],
      }),
      graph({
        title: 'Memory of the broker',
        meaning: 'At its limit it takes nothing more. Events then wait in the outboxes of their services.',
        unit: BytesIEC,
        queries: [
          { expr: 'sum(rabbitmq_process_resident_memory_bytes)', legend: 'used' },
          { expr: 'sum(rabbitmq_resident_memory_limit_bytes)', legend: 'limit' },
        ],
      }),
    ],
  },
  {
    title: 'Cache',
    panels: [
      graph({
        title: 'Commands of the cache',
        meaning:
          'Limits, sessions and the live board. It may be wiped at any moment; then this dips and the databases do more.',
        unit: RequestsPerSecond,
        queries: [{ expr: rateOf('redis_commands_processed_total', ['instance']), legend: '{{instance}}' }],
      }),
      graph({
        title: 'Memory of the cache',
        meaning: 'Grows with who is signed in. A line that only rises is a key without an end.',
        unit: BytesIEC,
        queries: [{ expr: 'redis_memory_used_bytes', legend: '{{instance}}' }],
      }),
      graph({
        title: 'Calls of the cache that failed',
        meaning: 'Services go on without it: slower, and limits are counted by each replica for itself.',
        unit: CountsPerSecond,
        queries: [
          {
            expr: rateOf('hourglass_cache_errors_total', ['service', 'operation']),
            legend: '{{service}} {{operation}}',
          },
        ],
      }),
    ],
  },
]
