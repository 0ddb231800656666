const windowMs = 60_000
const maxKeys = 100_000

/** Counts by key within the running minute, here. Forgets everybody at once when too many came. */
export function createWindow(): (key: string) => number {
  let minute = 0
  let counts = new Map<string, number>()
  return (key) => {
    const current = Math.floor(Date.now() / windowMs)
    if (current !== minute || counts.size >= maxKeys) counts = new Map()
    minute = current
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    return count
  }
}

/** Until the running minute ends. */
export const secondsLeft = (): number => Math.max(1, Math.ceil((windowMs - (Date.now() % windowMs)) / 1_000))
