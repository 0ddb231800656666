import { withDeadline } from '@hourglass/kit/lifecycle'
import type { Logger } from '@hourglass/kit/logger'
import { type ChannelModel, connect } from 'amqplib'
import type { Bus, Subscription } from '../bus'
import { isHeard } from '../topology'
import { consumeQueues } from './consume-queues'
import { createPublisher } from './publisher'
import { eventsExchange, waits } from './queues'
import { beginSession, type Session } from './session'

export type RabbitmqOptions = {
  /** `amqp://user:password@host:port/vhost`, `amqps:` with TLS. */
  url: string
  log: Logger
  /** What the broker must have confirmed a message within. */
  confirmTimeoutMs?: number
  /** Other waits than `queues.ts` has, for tests. */
  waitsMs?: readonly number[]
  /** Whether an event must reach a queue; by default if anybody hears it (see `topology.ts`). */
  isMandatory?: (name: string) => boolean
}

/**
 * The bus by RabbitMQ: durable topics, quorum queues, confirms. It starts without a broker and comes back after one: until then
 * `publish` rejects, and events wait in their outboxes.
 */
export async function createRabbitmqBus(options: RabbitmqOptions): Promise<Bus> {
  const { url, log, confirmTimeoutMs = 5_000, waitsMs = waits, isMandatory = isHeard } = options
  const subscriptions: Subscription[] = []
  let session: Session | null = null
  let isClosed = false
  const publisher = createPublisher(() => session, confirmTimeoutMs)
  const delivery = { waitsMs, log, publisher }

  const setUp = async (connection: ChannelModel) => {
    const begun = await withDeadline(beginSession(connection, log), setUpTimeoutMs, 'the broker opened no channel')
    session = begun
    const opened = Promise.all(subscriptions.map((each) => consumeQueues(connection, each, delivery)))
    // A broker that takes the connection and answers nothing more is tried again on another one.
    begun.consuming.push(...(await withDeadline(opened, setUpTimeoutMs, 'the broker did not open the queues')))
  }
  const connection = await connect(withHeartbeat(url), {
    timeout: 5_000,
    recovery: { initialDelay: 100, maxDelay: 2_000, waitForConnect: false, setup: setUp },
  })
  connection.on('connect-failed', (error) => log.warn({ err: error }, 'no connection to the broker'))
  connection.on('disconnect', (error) => {
    session = null
    if (!isClosed) log.warn({ err: error }, 'the connection to the broker is gone')
  })
  // Each session has said so already.
  connection.on('error', () => {})
  return {
    async publish({ traceparent, ...envelope }) {
      if (isClosed) throw new Error('the bus is closed')
      await publisher.publish({
        exchange: eventsExchange,
        key: envelope.name,
        body: Buffer.from(JSON.stringify(envelope)),
        id: envelope.id,
        type: envelope.name,
        ...(traceparent ? { headers: { traceparent } } : {}),
        mandatory: isMandatory(envelope.name),
      })
    },
    async subscribe(subscription) {
      subscriptions.push(subscription)
      const current = session
      if (current) current.consuming.push(await consumeQueues(current.connection, subscription, delivery))
    },
    async close() {
      isClosed = true
      await Promise.allSettled(session?.consuming.map(({ stop }) => stop()) ?? [])
      // A broker that goes away in this moment may never say that it is closed.
      await withDeadline(connection.close(), closeTimeoutMs, 'the broker did not close the connection').catch((error) =>
        log.warn({ err: error }, 'the connection to the broker was left'),
      )
    },
  }
}

const setUpTimeoutMs = 15_000
const closeTimeoutMs = 5_000

/** Both sides say every 5 s that they are there; after two silent turns the connection counts as gone. */
function withHeartbeat(url: string): string {
  const parsed = new URL(url)
  if (!parsed.searchParams.has('heartbeat')) parsed.searchParams.set('heartbeat', '5')
  return parsed.toString()
}
