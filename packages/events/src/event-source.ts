import type { Envelope } from './contracts'

/** A place in the order in which a source lists its events. */
export type EventPlace = { occurredAt: string; id: string }

/**
 * The events that a service has to tell, wherever it keeps them: for its relay, which publishes them, and for consumers that
 * missed some, which read them again.
 */
export interface EventSource {
  /**
   * Hands events that are not published to `publish`, `limit` at most and the oldest first, and remembers which it took
   * (`true`). What another replica has in hand is left to it. Answers how many were taken.
   */
  relay(limit: number, publish: (envelope: Envelope) => Promise<boolean>): Promise<number>
  /** Where the events of these names lie that occurred after a place, until a moment: the oldest first. */
  list(query: { names: readonly string[]; after: EventPlace; until: string; limit: number }): Promise<EventPlace[]>
  /** How many are not published yet, 10000 at most, and since when the oldest of them waits. */
  waiting(): Promise<{ count: number; oldestAt: string | null }>
  /** Those that exist, in no promised order. */
  get(ids: readonly string[]): Promise<Envelope[]>
}
