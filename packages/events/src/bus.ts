import type { Envelope, EventName } from './contracts'

/** Takes an event for good: when it resolves, the consumer has its effect or keeps the event to try again. */
export type Receive = (envelope: Envelope) => Promise<void>

export type Subscription = {
  consumer: string
  names: readonly EventName[]
  receive: Receive
  /** Keeps an event that never got as far as `receive`, with the reason, for somebody's replay. */
  park: (envelope: Envelope, reason: string) => Promise<void>
}

/**
 * Carries events from outboxes to consumers, at least once, in no promised order. Two real implementations: straight from
 * the outbox within one process, and RabbitMQ.
 */
export interface Bus {
  /** Resolves when every subscriber is sure to get the event; rejects when it must be published again. */
  publish(envelope: Envelope): Promise<void>
  subscribe(subscription: Subscription): Promise<void>
  /** No delivery starts after it; those under way end. */
  close(): Promise<void>
}
