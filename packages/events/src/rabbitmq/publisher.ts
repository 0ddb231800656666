import type { ConfirmChannel, Options } from 'amqplib'

export type Message = {
  exchange: string
  key: string
  body: Buffer
  id: string
  type?: string
  headers?: Record<string, unknown>
  /** Whether it must reach a queue. */
  mandatory: boolean
}
/** Where messages go in: `null` while a channel is opened anew; blocked while the broker is short of memory or disk. */
export type Inlet = { channel: ConfirmChannel | null; isBlocked: boolean }

export type Publisher = {
  /** Resolves when the broker has it in a queue on disk. Rejects when nobody can say so within the time. */
  publish: (message: Message) => Promise<void>
}

/**
 * Publishes with confirms. RabbitMQ confirms what it could not route, too, and sends it back first: what came back has failed
 * (facts: trap 9). While the broker is out of memory or disk it reads nothing: then it is not even tried.
 */
export function createPublisher(inletOf: () => Inlet | null, timeoutMs: number): Publisher {
  const returned = new Set<string>()
  const watched = new WeakSet<ConfirmChannel>()
  const watch = (channel: ConfirmChannel) => {
    if (watched.has(channel)) return
    watched.add(channel)
    channel.on('return', ({ properties }) => void returned.add(String(properties.messageId)))
  }
  return {
    publish: (message) =>
      new Promise((resolve, reject) => {
        const { channel, isBlocked } = inletOf() ?? { channel: null, isBlocked: false }
        if (!channel) return reject(new Error('there is no connection to the broker'))
        if (isBlocked) return reject(new Error('the broker takes nothing: it is short of memory or disk'))
        watch(channel)
        // One try's own name: a message that is published again may still wait for an answer to the first try.
        const messageId = `${message.id}/${Bun.randomUUIDv7()}`
        const timer = setTimeout(
          () => reject(new Error(`the broker did not confirm within ${timeoutMs} ms`)),
          timeoutMs,
        )
        const settle = (error: unknown) => {
          clearTimeout(timer)
          const wasReturned = returned.delete(messageId)
          if (error) reject(error instanceof Error ? error : new Error('the broker refused the message'))
          else if (wasReturned) reject(new Error(`no queue takes ${message.key} from ${message.exchange}`))
          else resolve()
        }
        try {
          channel.publish(message.exchange, message.key, message.body, propertiesOf(message, messageId), settle)
        } catch (error) {
          // Closed, but not replaced yet.
          settle(error)
        }
      }),
  }
}

const propertiesOf = ({ type, headers, mandatory }: Message, messageId: string): Options.Publish => ({
  persistent: true,
  mandatory,
  messageId,
  contentType: 'application/json',
  ...(type === undefined ? {} : { type }),
  ...(headers === undefined ? {} : { headers }),
})
