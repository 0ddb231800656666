import type { Channel, ChannelModel, ConsumeMessage } from 'amqplib'
import type { Subscription } from '../bus'
import { type DeliveryOptions, receive, setAside } from './deliveries'
import { deadQueueOf, ownExchange, queueOf, queuesOf } from './queues'

/** The consumers of one subscription, for as long as their connection lasts. */
export type Consuming = {
  /** No further delivery; resolves when those under way are answered. */
  stop: () => Promise<void>
}

const pauseMs = 500
/**
 * The more, the larger are the groups that are taken together. Not above 32: so many answers a channel has under way to a quorum queue
 * (rabbit_fifo_client, SOFT_LIMIT); those that wait behind them are lost when it closes, and their events come again.
 */
const prefetch = 32

/**
 * Opens a subscription's queues, which it makes if they are not there, and takes from them. A message is answered once its
 * consumer has it for good. What somebody deletes is made again.
 */
export async function consumeQueues(
  connection: ChannelModel,
  subscription: Subscription,
  options: DeliveryOptions,
): Promise<Consuming> {
  const { log } = options
  const underWay = new Set<Promise<void>>()
  let isStopped = false
  // The next connection begins with consumers of its own.
  connection.once('close', () => {
    isStopped = true
  })

  const answer = async (channel: Channel, message: ConsumeMessage, handle: Promise<void>) => {
    try {
      await handle
      channel.ack(message)
    } catch (error) {
      log.error({ err: error, consumer: subscription.consumer }, 'event neither taken nor set aside')
      await Bun.sleep(pauseMs)
      // `reject`, since a `nack` is not counted towards the delivery limit everywhere (facts: trap 9).
      channel.reject(message, true)
    }
  }
  const take = (channel: Channel, handle: typeof receive) => (message: ConsumeMessage | null) => {
    // The broker cancelled us, because the queue is gone: a new channel makes it anew.
    if (!message) return void channel.close().catch(() => {})
    // It throws when the channel has ended meanwhile: then the broker delivers the message again.
    const work = answer(channel, message, handle(subscription, message, options)).catch(() => {})
    underWay.add(work)
    void work.finally(() => underWay.delete(work))
  }
  const open = async () => {
    const channel = await connection.createChannel()
    channel.on('error', (error) => log.warn({ err: error, consumer: subscription.consumer }, 'channel failed'))
    channel.on('close', () => {
      if (!isStopped && channel === current?.channel) void reopen()
    })
    await channel.prefetch(prefetch)
    await assertQueues(channel, subscription, options.waitsMs)
    const { consumer } = subscription
    const tags = await Promise.all([
      channel.consume(queueOf(consumer), take(channel, receive)),
      channel.consume(deadQueueOf(consumer), take(channel, setAside)),
    ])
    return { channel, tags: tags.map(({ consumerTag }) => consumerTag) }
  }
  const reopen = async (): Promise<void> => {
    await Bun.sleep(pauseMs)
    if (isStopped) return
    try {
      current = await open()
    } catch (error) {
      log.warn({ err: error, consumer: subscription.consumer }, 'queues not opened again')
      void reopen()
    }
  }
  let current: Awaited<ReturnType<typeof open>> | null = null
  current = await open()
  return {
    stop: async () => {
      isStopped = true
      const { channel, tags } = current ?? { channel: null, tags: [] }
      await Promise.allSettled(tags.map(async (tag) => channel?.cancel(tag)))
      await Promise.allSettled(underWay)
      await channel?.close().catch(() => {})
    },
  }
}

async function assertQueues(channel: Channel, subscription: Subscription, waitsMs: readonly number[]): Promise<void> {
  const { consumer, names } = subscription
  await channel.assertExchange(ownExchange(consumer), 'direct', { durable: true })
  for (const { name, arguments: given, bindings } of queuesOf(consumer, names, waitsMs)) {
    await channel.assertQueue(name, { durable: true, arguments: given })
    for (const { exchange, key } of bindings) await channel.bindQueue(name, exchange, key)
  }
}
