import { type Counter, type Gauge, type Histogram, type Registry, waitBuckets } from '@hourglass/kit/metrics'

export type EventMetrics = {
  published: Counter<'event' | 'outcome'>
  consumed: Counter<'event' | 'outcome'>
  seconds: Histogram<'event'>
  lag: Histogram<'event'>
  waiting: Gauge
  oldest: Gauge
  kept: Gauge<'state'>
}

const known = new WeakMap<Registry, EventMetrics>()

/** Of all events that a service tells and hears. */
export function eventMetricsOf(registry: Registry): EventMetrics {
  const metrics = known.get(registry) ?? createEventMetrics(registry)
  known.set(registry, metrics)
  return metrics
}

const createEventMetrics = (registry: Registry): EventMetrics => ({
  published: registry.counter({
    name: 'events_published_total',
    help: 'Events handed to the bus, by name and outcome: taken, refused (they are handed over again).',
    labels: ['event', 'outcome'],
  }),
  consumed: registry.counter({
    name: 'events_consumed_total',
    help: 'Deliveries of events, by name and outcome: taken, known (had been taken before), failed (tried again later).',
    labels: ['event', 'outcome'],
  }),
  seconds: registry.histogram({
    name: 'event_consume_duration_seconds',
    help: 'Seconds that the consumer worked on an event, by name.',
    labels: ['event'],
    buckets: waitBuckets,
  }),
  lag: registry.histogram({
    name: 'event_lag_seconds',
    help: 'Seconds from when an event was told until its effect was stored here (inbox lag), by name.',
    labels: ['event'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3_600],
  }),
  waiting: registry.gauge({
    name: 'outbox_events_waiting',
    help: 'Events that are told and not published yet, 10000 at most.',
  }),
  oldest: registry.gauge({
    name: 'outbox_oldest_age_seconds',
    help: 'Age of the oldest event that is not published yet; 0 when there is none.',
  }),
  kept: registry.gauge({
    name: 'inbox_events_kept',
    help: 'Events that could not be taken in, by state: retrying, parked (they wait for somebody’s replay).',
    labels: ['state'],
  }),
})
