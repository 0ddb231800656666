import type { Db } from '@hourglass/kit/db/connect'
import { traceConsumption } from '@hourglass/kit/event-trace'
import type { Instruments } from '@hourglass/kit/instruments'
import { type Consumer, handle } from './consumer'
import type { Envelope } from './contracts'
import { eventMetricsOf } from './event-metrics'
import { takeOnce } from './inbox'
import type { EventTables } from './tables'

/** Takes events of one name: one, or as many as its consumer takes together. Rejects when none of them was taken. */
export async function take(
  db: Db,
  events: EventTables,
  consumer: Consumer,
  envelopes: readonly Envelope[],
  instruments: Instruments,
): Promise<void> {
  const { consumed, seconds, lag } = eventMetricsOf(instruments.metrics.registry)
  const event = envelopes[0]?.name ?? ''
  const startedAt = performance.now()
  let keptTraceId: string | null = null
  const count = (outcome: 'taken' | 'failed') => {
    for (const _ of envelopes) consumed.inc({ event, outcome })
  }
  try {
    await traceConsumption(instruments, consumer.name, envelopes, async (traceId) => {
      keptTraceId = traceId
      const apply = await handle(consumer, envelopes)
      await takeOnce(
        db,
        events,
        consumer.name,
        envelopes.map(({ id }) => id),
        apply,
      )
    })
    count('taken')
    for (const { occurredAt } of envelopes) {
      lag.observe({ event }, Math.max(0, (Date.now() - Date.parse(occurredAt)) / 1_000), keptTraceId)
    }
  } catch (error) {
    count('failed')
    throw error
  } finally {
    seconds.observe({ event }, (performance.now() - startedAt) / 1_000, keptTraceId)
  }
}
