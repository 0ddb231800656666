/**
 * Counters and fan-out that may vanish at any moment (Redis | memory). Nothing true lives here: a caller must be right
 * when every read finds nothing, every message is lost and every call fails.
 */
export interface Cache {
  /** Adds 1 and answers the new count; the first addition starts the time to live. */
  increment(key: string, ttlMs: number): Promise<number>
  get(key: string): Promise<string | null>
  set(key: string, value: string, ttlMs: number): Promise<void>
  delete(key: string): Promise<void>
  publish(channel: string, message: string): Promise<void>
  /** Answers the function that ends the subscription. */
  subscribe(channel: string, listen: (message: string) => void): Promise<() => Promise<void>>
  close(): Promise<void>
}
