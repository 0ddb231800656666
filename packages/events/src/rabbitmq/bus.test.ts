import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { silentLogger } from '@hourglass/kit/logger'
import { eventually } from '@hourglass/testing/poll'
import { type ConfirmChannel, connect } from 'amqplib'
import { createTestBroker } from '../../fixtures/broker'
import { busContract, eventOf, listenerOf, publishUntilTaken } from '../bus-contract'
import { createRabbitmqBus } from './bus'
import { deliveryLimit } from './queues'

const log = silentLogger()
const busOf = (url: string) => createRabbitmqBus({ url, log, waitsMs: [100, 200], confirmTimeoutMs: 2_000 })

busContract('RabbitMQ', async () => {
  const broker = await createTestBroker()
  const bus = await busOf(broker.url)
  return {
    bus,
    close: async () => {
      await bus.close()
      await broker.close()
    },
  }
})

describe('RabbitMQ', () => {
  let broker: Awaited<ReturnType<typeof createTestBroker>>
  beforeAll(async () => {
    broker = await createTestBroker()
  })
  afterAll(() => broker.close())

  test('an event that is told while its consumer is away waits for it', async () => {
    const teller = await busOf(broker.urlOf('grading'))
    const event = eventOf('result.released')
    await publishUntilTaken(teller, event)
    const bus = await busOf(broker.urlOf('notifier'))
    const listener = listenerOf('notifier', ['result.released'])
    await bus.subscribe(listener.subscription)
    await eventually(() => expect(listener.received).toEqual([event]))
    await Promise.all([bus.close(), teller.close()])
  })

  test('an event that reaches no queue is not taken, and is published once there is one again', async () => {
    const teller = await busOf(broker.urlOf('quizzes'))
    await publishUntilTaken(teller, eventOf('quiz.published'))
    await broker.manage('DELETE', 'queues', 'exams.events')
    await expect(teller.publish(eventOf('quiz.published'))).rejects.toThrow('no queue takes quiz.published')
    const bus = await busOf(broker.urlOf('exams'))
    const listener = listenerOf('exams', ['quiz.published'])
    await bus.subscribe(listener.subscription)
    const event = eventOf('quiz.published')
    await publishUntilTaken(teller, event)
    await eventually(() => expect(listener.received).toEqual([event]))
    await Promise.all([bus.close(), teller.close()])
  })

  test('a queue that is deleted under its consumer is made again, and events go on', async () => {
    const teller = await busOf(broker.urlOf('exams'))
    const bus = await busOf(broker.urlOf('students'))
    const listener = listenerOf('students', ['attempt.started'])
    await bus.subscribe(listener.subscription)
    await publishUntilTaken(teller, eventOf('attempt.started'))
    await eventually(() => expect(listener.received).toHaveLength(1))
    await broker.manage('DELETE', 'queues', 'students.events')
    const event = eventOf('attempt.started')
    // Nobody else is told of anything but a sealed attempt, so it is returned until the queue is back.
    await broker.manage('DELETE', 'queues', 'grading.events')
    await publishUntilTaken(teller, event)
    await eventually(() => expect(listener.received.at(-1)).toEqual(event))
    await Promise.all([bus.close(), teller.close()])
  })

  test('a consumer has 32 events in hand at most; on a stop it ends those, and leaves the others to the next', async () => {
    const teller = await busOf(broker.urlOf('grading'))
    const bus = await busOf(broker.urlOf('notifier'))
    const { promise: isHeld, resolve: release } = Promise.withResolvers<void>()
    const begun: string[] = []
    const { subscription } = listenerOf('notifier', ['result.released'])
    const receive = async ({ id }: { id: string }) => {
      begun.push(id)
      await isHeld
    }
    await bus.subscribe({ ...subscription, receive })
    const events = Array.from({ length: 90 }, () => eventOf('result.released'))
    for (const event of events) await publishUntilTaken(teller, event)
    await eventually(() => expect(begun).toHaveLength(32))
    await Bun.sleep(200)
    expect(begun).toHaveLength(32)
    const closing = bus.close()
    await Bun.sleep(100)
    release()
    await closing
    expect(begun).toHaveLength(32)
    const next = await busOf(broker.urlOf('notifier'))
    const listener = listenerOf('notifier', ['result.released'])
    await next.subscribe(listener.subscription)
    const left = events.map(({ id }) => id).filter((id) => !begun.includes(id))
    await eventually(() => expect(listener.received.map(({ id }) => id).toSorted()).toEqual(left.toSorted()))
    await Promise.all([next.close(), teller.close()])
  })

  test('what is no event is set aside with a reason', async () => {
    const bus = await busOf(broker.urlOf('notifier'))
    const listener = listenerOf('notifier', ['result.released'])
    await bus.subscribe(listener.subscription)
    const admin = await connect(broker.url)
    const channel = await admin.createConfirmChannel()
    channel.publish('hourglass.events', 'result.released', Buffer.from('{ not json'))
    await channel.waitForConfirms()
    await eventually(() => expect(listener.parked).toHaveLength(1))
    expect(listener.parked[0]).toMatchObject({ reason: 'it is not an event', envelope: { name: 'unreadable' } })
    expect(listener.received).toEqual([])
    await Promise.all([bus.close(), admin.close()])
  })

  test('an event whose consumer ends each time is set aside after its deliveries, with a reason', async () => {
    const teller = await busOf(broker.urlOf('exams'))
    const event = eventOf('attempt.sealed')
    const bus = await busOf(broker.urlOf('grading'))
    const listener = listenerOf('grading', ['attempt.sealed'])
    await bus.subscribe(listener.subscription)
    const before = eventOf('attempt.sealed')
    await publishUntilTaken(teller, before)
    await eventually(() => expect(listener.received).toEqual([before]))
    await bus.close()
    await publishUntilTaken(teller, event)
    // As a process that dies: the connection ends before the answer.
    let deliveries = 0
    for (let isDelivered = true; isDelivered; deliveries += Number(isDelivered)) {
      const dying = await connect(broker.urlOf('grading'))
      const channel = await dying.createChannel()
      const { promise, resolve } = Promise.withResolvers<boolean>()
      await channel.consume('grading.events', () => resolve(true))
      isDelivered = await Promise.race([promise, Bun.sleep(500).then(() => false)])
      await dying.close()
    }
    // The first, and as many again as the limit says.
    expect(deliveries).toBe(1 + deliveryLimit)
    const again = await busOf(broker.urlOf('grading'))
    await again.subscribe(listener.subscription)
    await eventually(() => expect(listener.parked).toHaveLength(1))
    expect(listener.parked[0]?.envelope).toEqual(event)
    expect(listener.parked[0]?.reason).toContain('delivered again and again without an answer')
    expect(listener.received).toEqual([before])
    await Promise.all([again.close(), teller.close()])
  })

  test('the exam room’s credentials neither hear nor tell what is grading’s', async () => {
    const refused = async (act: (channel: ConfirmChannel) => Promise<unknown>) => {
      const connection = await connect(broker.urlOf('exams'))
      const channel = await connection.createConfirmChannel()
      const failure = new Promise<Error>((resolve) => channel.once('error', resolve))
      await act(channel).catch(() => {})
      const error = await Promise.race([failure, Bun.sleep(1_000).then(() => null)])
      await connection.close()
      return error?.message
    }
    const tell = (exchange: string, key: string) => async (channel: ConfirmChannel) => {
      channel.publish(exchange, key, Buffer.from('{}'))
      await channel.waitForConfirms()
    }
    const listen = (key: string) => (channel: ConfirmChannel) =>
      channel.bindQueue('exams.events', 'hourglass.events', key)
    const take = (queue: string) => (channel: ConfirmChannel) => channel.consume(queue, () => {})
    await broker.manage('GET', 'queues', 'exams.events')
    expect(await refused(listen('quiz.published'))).toBeUndefined()
    expect(await refused(listen('result.ready'))).toContain('ACCESS_REFUSED')
    expect(await refused(listen('#'))).toContain('ACCESS_REFUSED')
    expect(await refused(take('grading.events'))).toContain('ACCESS_REFUSED')
    expect(await refused(tell('hourglass.events', 'attempt.sealed'))).toBeUndefined()
    expect(await refused(tell('hourglass.events', 'result.released'))).toContain('ACCESS_REFUSED')
    expect(await refused(tell('grading.own', 'again'))).toContain('ACCESS_REFUSED')
    expect(await refused(tell('', 'grading.events'))).toContain('ACCESS_REFUSED')
  })
})
