import type { Logger } from '@hourglass/kit/logger'
import type { ConsumeMessage } from 'amqplib'
import type { Subscription } from '../bus'
import { Envelope } from '../contracts'
import { eventIdOf } from '../outbox'
import type { Publisher } from './publisher'
import { ownExchange } from './queues'

export type DeliveryOptions = { waitsMs: readonly number[]; log: Logger; publisher: Publisher }

/** Hands one delivery to its consumer. What the consumer can't keep now comes again after a wait; what is no event is set aside. */
export async function receive(
  { consumer, receive }: Subscription,
  message: ConsumeMessage,
  { waitsMs, publisher, log }: DeliveryOptions,
): Promise<void> {
  const envelope = readEnvelope(message)
  const sendOn = (key: string, headers: Record<string, unknown>) =>
    publisher.publish({
      exchange: ownExchange(consumer),
      key,
      body: message.content,
      id: envelope?.id ?? Bun.randomUUIDv7(),
      headers: { ...(envelope?.traceparent ? { traceparent: envelope.traceparent } : {}), ...headers },
      mandatory: true,
    })
  if (!envelope) return sendOn('dead', { 'x-reason': 'it is not an event' })
  try {
    await receive(envelope)
  } catch (error) {
    const tries = Number(message.properties.headers?.['x-tries'] ?? 0) + 1
    const wait = waitsMs[Math.min(tries, waitsMs.length) - 1]
    log.warn({ err: error, consumer, event: envelope.name, eventId: envelope.id, tries }, 'event comes again later')
    await sendOn(`wait.${wait}`, { 'x-tries': tries })
  }
}

/** Keeps a dead letter among the consumer's parked events, with its reason, where an admin sees it and has it tried again. */
export async function setAside({ park }: Subscription, message: ConsumeMessage): Promise<void> {
  const envelope = readEnvelope(message)
  await park(envelope ?? unreadable(message.content), reasonOf(message))
}

function readEnvelope({ content, properties: { headers } }: ConsumeMessage): Envelope | null {
  try {
    const { traceparent: _, ...envelope } = Envelope.parse(JSON.parse(content.toString()))
    const traceparent: unknown = headers?.traceparent
    return typeof traceparent === 'string' ? { ...envelope, traceparent } : envelope
  } catch {
    return null
  }
}

const unreadable = (content: Buffer): Envelope => ({
  id: eventIdOf('unreadable', content.toString('base64')),
  name: 'unreadable',
  version: 1,
  occurredAt: new Date().toISOString(),
  data: { beginning: content.toString().slice(0, 2_000).replaceAll('\0', '�') },
})

function reasonOf({ properties: { headers } }: ConsumeMessage): string {
  const given: unknown = headers?.['x-reason']
  if (typeof given === 'string') return given
  const reason = headers?.['x-death']?.[0]?.reason
  if (String(reason) === 'delivery_limit') {
    return 'delivered again and again without an answer: its consumer ended each time, by it or by a neighbour'
  }
  return `set aside by the broker: ${reason ?? 'it does not say why'}`
}
