import { leaveTold, tracePublication } from '@hourglass/kit/event-trace'
import type { Instruments } from '@hourglass/kit/instruments'
import type { Job } from '@hourglass/kit/jobs'
import type { Bus } from './bus'
import type { Envelope } from './contracts'
import { eventMetricsOf } from './event-metrics'
import type { EventSource } from './event-source'
import { logTold } from './log-told'
import { hearersOf } from './topology'

const batchSize = 50

/** Hears of each event that went out, to count what it tells of; twice of one that a dying process published. */
export type OnTold = (envelope: Envelope) => void

/** The job of a service that publishes what it has to tell, the oldest first, until nothing is left. */
export const relayJob = (source: EventSource, bus: Bus, instruments: Instruments, onTold?: OnTold): Job => ({
  name: 'relay',
  everyMs: 200,
  run: async () => {
    let total = 0
    for (let count = batchSize; count === batchSize; total += count)
      count = await relayBatch(source, bus, instruments, onTold)
    return total
  },
})

/** Publishes one batch and answers how many went out. What the bus refuses stays for the next turn. */
export function relayBatch(
  source: EventSource,
  bus: Bus,
  instruments: Instruments,
  onTold: OnTold = () => {},
): Promise<number> {
  const { published } = eventMetricsOf(instruments.metrics.registry)
  return source.relay(batchSize, async (envelope) => {
    const startedAt = performance.now()
    try {
      await tracePublication(instruments, envelope, () => bus.publish(envelope))
      leaveTold(instruments, envelope, hearersOf(envelope.name), startedAt)
      published.inc({ event: envelope.name, outcome: 'taken' })
      onTold(envelope)
      logTold(instruments.log, envelope)
      return true
    } catch (error) {
      published.inc({ event: envelope.name, outcome: 'refused' })
      instruments.log.error({ err: error, event: envelope.name, eventId: envelope.id }, 'event not published')
      return false
    }
  })
}
