import type { Cache } from './cache'

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
