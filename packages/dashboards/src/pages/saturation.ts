import { CountsPerSecond, PercentUnit, Seconds, Short } from '@grafana/grafana-foundation-sdk/units'
import { graph } from '../parts/graph'
import type { Page } from '../parts/page'
import { quantileOf, rateOf } from '../parts/query'

const chosen = 'service=~"$service", instance=~"$instance"'

/** A row for what fills up before people wait: event loops, pools, queues, outboxes. */
export const saturation = (): Page['rows'] => [
  {
    title: 'What is full',
    panels: [
      graph({
        title: 'Lag of the event loop (quantile $quantile)',
        meaning:
          'So long does everything that is ready wait for its turn. Above 50 ms the process computes too much at once.',
        unit: Seconds,
        queries: [
          {
            expr: quantileOf('$quantile', 'process_event_loop_lag_seconds', chosen, ['service', 'instance']),
            legend: '{{instance}}',
          },
        ],
      }),
      graph({
        title: 'Pools in use',
        meaning: 'At 100 % statements wait for a connection. Slow statements fill a pool more often than many.',
        ...{ unit: PercentUnit, max: 1 },
        queries: [
          {
            expr: `max by (service, pool) (database_pool_in_use{${chosen}} / database_pool_size{${chosen}})`,
            legend: '{{service}} {{pool}}',
          },
        ],
      }),
      graph({
        title: 'Waiting for a connection',
        meaning: 'Zero but for moments. A line that stays is a pool that is too small, or a database that is too slow.',
        unit: Short,
        queries: [
          { expr: `sum by (service, pool) (database_pool_waiting{${chosen}})`, legend: '{{service}} {{pool}}' },
        ],
      }),
      graph({
        title: 'Seconds of statements (quantile $quantile)',
        meaning: 'With the wait for a connection. If this is up and nothing waits, it is the database.',
        unit: Seconds,
        queries: [
          {
            expr: quantileOf('$quantile', 'database_statement_duration_seconds', chosen, ['service', 'pool']),
            legend: '{{service}} {{pool}}',
          },
        ],
      }),
      graph({
        title: 'Waiting at the door',
        meaning: 'Requests that the gateway lets wait for their turn, by priority. Saves go first.',
        unit: Short,
        queries: [
          { expr: 'sum by (priority) (gateway_requests_waiting)', legend: '{{priority}} waiting' },
          { expr: 'sum by (priority) (gateway_requests_active)', legend: '{{priority}} under way' },
        ],
      }),
      graph({
        title: 'Refused at the door',
        meaning: 'By priority. Others are refused so that saves are not; a refused save is a reason to call somebody.',
        unit: CountsPerSecond,
        queries: [{ expr: rateOf('gateway_requests_shed_total', ['priority']), legend: '{{priority}}' }],
      }),
      graph({
        title: 'Oldest event not published',
        meaning:
          'Above seconds the relay or the broker is away. Nothing is lost, but marks and mails are late by as much.',
        unit: Seconds,
        queries: [{ expr: `max by (service) (outbox_oldest_age_seconds{${chosen}})`, legend: '{{service}}' }],
      }),
      graph({
        title: 'Events that could not be taken in',
        meaning: '`parked` waits for a person: read why with `bun run parked`, mend it, replay.',
        unit: Short,
        queries: [{ expr: `max by (service, state) (inbox_events_kept{${chosen}})`, legend: '{{service}} {{state}}' }],
      }),
      graph({
        title: 'Spans that nobody will see',
        meaning: 'The collector is away or slow. Requests do not wait for it; only the pictures of them are missing.',
        unit: CountsPerSecond,
        queries: [
          {
            expr: rateOf('telemetry_spans_dropped_total', ['service', 'reason'], chosen),
            legend: '{{service}} {{reason}}',
          },
        ],
      }),
    ],
  },
]
