import type { Job } from '@hourglass/kit/jobs'
import type { Logger } from '@hourglass/kit/logger'
import type { Bus } from './bus'
import type { EventSource } from './event-source'

const batchSize = 50

/** The job of a service that publishes what it has to tell, the oldest first, until nothing is left. */
export const relayJob = (source: EventSource, bus: Bus, log: Logger): Job => ({
  name: 'relay',
  everyMs: 200,
  run: async () => {
    while ((await relayBatch(source, bus, log)) === batchSize);
  },
})

/** Publishes one batch and answers how many went out. What the bus refuses stays for the next turn. */
export function relayBatch(source: EventSource, bus: Bus, log: Logger): Promise<number> {
  return source.relay(batchSize, async (envelope) => {
    try {
      await bus.publish(envelope)
      return true
    } catch (error) {
      log.error({ err: error, event: envelope.name, eventId: envelope.id }, 'event not published')
      return false
    }
  })
}
