/**
 * Names and arguments of what stands in the broker. Each consumer has a queue and an exchange of its own; whatever is sent
 * through the latter stays its own: the default exchange, by which anybody reaches any queue, is open to nobody.
 *
 *     hourglass.events ──(event name)──▶ grading.events ──(20 deliveries without an answer)──▶ grading.dead
 *                                          ▲        │
 *                                          └─ grading.wait.5000 … ◀── (the consumer could not keep it)
 */
export const eventsExchange = 'hourglass.events'

export const ownExchange = (consumer: string): string => `${consumer}.own`
export const queueOf = (consumer: string): string => `${consumer}.events`
export const deadQueueOf = (consumer: string): string => `${consumer}.dead`
export const waitQueueOf = (consumer: string, ms: number): string => `${consumer}.wait.${ms}`

/** Deliveries of one event without an answer, as when the consumer's process dies each time, before it is set aside. */
export const deliveryLimit = 20

/** Milliseconds until an event comes again that its consumer could not keep, by the number of the try; the last one stays. */
export const waits: readonly number[] = [5_000, 30_000, 300_000]

export type QueueShape = {
  name: string
  arguments: Record<string, string | number>
  /** Where its messages come from. */
  bindings: readonly { exchange: string; key: string }[]
}

/** The queues of one consumer: replicated, durable, and never dropping what they hand on. */
export function queuesOf(
  consumer: string,
  events: readonly string[],
  waitsMs: readonly number[] = waits,
): QueueShape[] {
  const own = ownExchange(consumer)
  const handingOn = (key: string) => ({
    'x-dead-letter-exchange': own,
    'x-dead-letter-routing-key': key,
    'x-dead-letter-strategy': 'at-least-once',
    'x-overflow': 'reject-publish',
  })
  return [
    {
      name: queueOf(consumer),
      arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': deliveryLimit, ...handingOn('dead') },
      bindings: [...events.map((key) => ({ exchange: eventsExchange, key })), { exchange: own, key: 'again' }],
    },
    {
      name: deadQueueOf(consumer),
      arguments: { 'x-queue-type': 'quorum' },
      bindings: [{ exchange: own, key: 'dead' }],
    },
    ...waitsMs.map((ms) => ({
      name: waitQueueOf(consumer, ms),
      arguments: { 'x-queue-type': 'quorum', 'x-message-ttl': ms, ...handingOn('again') },
      bindings: [{ exchange: own, key: `wait.${ms}` }],
    })),
  ]
}
