import type { Bus, Subscription } from './bus'

/**
 * The bus of the single process: a delivery is a call. Each event waits in its outbox until all its consumers have taken it,
 * so nothing is lost when the process dies in between; those that had it already know it again by their inbox.
 */
export function createEmbeddedBus(): Bus {
  const subscriptions: Subscription[] = []
  const underWay = new Set<Promise<unknown>>()
  let isClosed = false
  return {
    async publish(envelope) {
      if (isClosed) throw new Error('the bus is closed')
      const wanted = subscriptions.filter(({ names }) => names.some((name) => name === envelope.name))
      const delivery = Promise.allSettled(wanted.map(({ receive }) => receive(envelope)))
      underWay.add(delivery)
      const outcomes = await delivery.finally(() => underWay.delete(delivery))
      const failures = outcomes.filter((outcome) => outcome.status === 'rejected')
      if (failures.length > 0) {
        throw new AggregateError(
          failures.map(({ reason }) => reason),
          `${envelope.name} ${envelope.id} was not taken by ${failures.length} of ${wanted.length} consumers`,
        )
      }
    },
    async subscribe(subscription) {
      subscriptions.push(subscription)
    },
    async close() {
      isClosed = true
      await Promise.allSettled(underWay)
    },
  }
}
