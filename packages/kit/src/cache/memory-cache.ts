/**
 * Counters and fan-out that may vanish at any moment (Redis | memory). Nothing true lives here: a caller must be right
 * when every read finds nothing and every message is lost.
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

type Entry = { value: string; expiresAt: number }

/** The embedded twin: one process, bounded to `maxEntries`, the oldest going first. */
export function createMemoryCache(options: { maxEntries?: number; now?: () => number } = {}): Cache {
  const { maxEntries = 100_000, now = Date.now } = options
  const entries = new Map<string, Entry>()
  const listeners = new Map<string, Set<(message: string) => void>>()
  const read = (key: string): Entry | null => {
    const entry = entries.get(key)
    if (!entry) return null
    if (entry.expiresAt > now()) return entry
    entries.delete(key)
    return null
  }
  const write = (key: string, entry: Entry) => {
    entries.delete(key)
    entries.set(key, entry)
    if (entries.size > maxEntries) {
      const oldest = entries.keys().next().value
      if (oldest !== undefined) entries.delete(oldest)
    }
  }
  return {
    async increment(key, ttlMs) {
      const entry = read(key)
      const count = Number(entry?.value ?? 0) + 1
      write(key, { value: String(count), expiresAt: entry?.expiresAt ?? now() + ttlMs })
      return count
    },
    get: async (key) => read(key)?.value ?? null,
    set: async (key, value, ttlMs) => write(key, { value, expiresAt: now() + ttlMs }),
    delete: async (key) => void entries.delete(key),
    async publish(channel, message) {
      for (const listen of listeners.get(channel) ?? []) queueMicrotask(() => listen(message))
    },
    async subscribe(channel, listen) {
      const all = listeners.get(channel) ?? new Set()
      listeners.set(channel, all.add(listen))
      return async () => {
        all.delete(listen)
        if (all.size === 0) listeners.delete(channel)
      }
    },
    close: async () => listeners.clear(),
  }
}
