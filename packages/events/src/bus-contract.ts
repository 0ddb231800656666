import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { eventually } from '@hourglass/testing/poll'
import type { Bus, Subscription } from './bus'
import type { Envelope, EventName } from './contracts'

export type BusUnderTest = { bus: Bus; close: () => Promise<void> }

export const eventOf = (name: EventName = 'person.changed'): Envelope => ({
  id: Bun.randomUUIDv7(),
  name,
  version: 1,
  occurredAt: new Date().toISOString(),
  data: { note: 'Zoë 🕰' },
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
})

/** A subscription that remembers what it was given; `fail` answers an error for the deliveries that it cannot keep. */
export function listenerOf(
  consumer: string,
  names: readonly EventName[],
  fail: (envelope: Envelope, delivery: number) => Error | null = () => null,
) {
  const received: Envelope[] = []
  const parked: { envelope: Envelope; reason: string }[] = []
  let deliveries = 0
  const subscription: Subscription = {
    consumer,
    names,
    receive: async (envelope) => {
      const error = fail(envelope, ++deliveries)
      if (error) throw error
      received.push(envelope)
    },
    park: async (envelope, reason) => void parked.push({ envelope, reason }),
  }
  return { subscription, received, parked }
}

/** Publishes again and again until the bus has it, as a relay does. */
export const publishUntilTaken = (bus: Bus, envelope: Envelope, withinMs = 15_000): Promise<void> =>
  eventually(() => bus.publish(envelope), { withinMs })

/** What every Bus promises. */
export function busContract(name: string, create: () => Promise<BusUnderTest>): void {
  describe(`the bus ${name}`, () => {
    let under: BusUnderTest
    let bus: Bus
    beforeEach(async () => {
      under = await create()
      bus = under.bus
    })
    afterEach(() => under.close())

    test('an event reaches everybody who subscribed to its name, as it was, and nobody else', async () => {
      const [one, other, third] = [
        listenerOf('grading', ['person.changed', 'class.changed']),
        listenerOf('notifier', ['person.changed']),
        listenerOf('students', ['attempt.started']),
      ]
      for (const { subscription } of [one, other, third]) await bus.subscribe(subscription)
      const event = eventOf()
      await publishUntilTaken(bus, event)
      await eventually(() => expect([one.received, other.received]).toEqual([[event], [event]]))
      expect(third.received).toEqual([])
    })

    test('what a consumer could not keep comes again, and its neighbours do not wait for it', async () => {
      const stubborn = eventOf()
      const fail = (envelope: Envelope, delivery: number) =>
        envelope.id === stubborn.id && delivery <= 3 ? new Error('the database is away') : null
      const failing = listenerOf('grading', ['person.changed'], fail)
      const healthy = listenerOf('notifier', ['person.changed'])
      for (const { subscription } of [failing, healthy]) await bus.subscribe(subscription)
      const neighbour = eventOf()
      await Promise.all([publishUntilTaken(bus, stubborn), publishUntilTaken(bus, neighbour)])
      const idsOf = ({ received }: typeof failing) => received.map(({ id }) => id)
      await eventually(() => {
        expect(idsOf(failing)).toContain(stubborn.id)
        expect(idsOf(failing)).toContain(neighbour.id)
        expect(idsOf(healthy)).toContain(stubborn.id)
        expect(failing.received.filter(({ id }) => id === stubborn.id)).toEqual([stubborn])
      })
    })

    test('hundreds of events at once arrive, each at least once', async () => {
      const listener = listenerOf('grading', ['person.changed'])
      await bus.subscribe(listener.subscription)
      const events = Array.from({ length: 300 }, () => eventOf())
      await Promise.all(events.map((event) => publishUntilTaken(bus, event)))
      const ids = new Set(events.map(({ id }) => id))
      await eventually(() => expect(new Set(listener.received.map(({ id }) => id))).toEqual(ids))
    })

    test('a closed bus ends what is under way, delivers nothing more and takes nothing', async () => {
      const { promise: isHeld, resolve: release } = Promise.withResolvers<void>()
      const begun: string[] = []
      const ended: string[] = []
      const slow = listenerOf('grading', ['person.changed']).subscription
      await bus.subscribe({
        ...slow,
        receive: async ({ id }) => {
          begun.push(id)
          await isHeld
          ended.push(id)
        },
      })
      const event = eventOf()
      const publishing = publishUntilTaken(bus, event)
      await eventually(() => expect(begun).toEqual([event.id]))
      const closing = bus.close()
      release()
      await Promise.all([publishing, closing])
      expect(ended).toEqual([event.id])
      await expect(bus.publish(eventOf())).rejects.toThrow('closed')
    })
  })
}
