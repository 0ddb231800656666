/**
 * The cumulative layout shift of a view: the largest sum of shifts with less than 1 s between them and 5 s in all.
 * https://web.dev/articles/cls
 */
export function createShiftScore() {
  let [largest, sum, beganAt, lastAt] = [0, 0, 0, Number.NEGATIVE_INFINITY]
  return {
    /** @param atMs by `performance.now()` */
    add: (value: number, atMs: number) => {
      const isNew = atMs - lastAt >= 1_000 || atMs - beganAt >= 5_000
      if (isNew) [sum, beganAt] = [0, atMs]
      sum += value
      lastAt = atMs
      largest = Math.max(largest, sum)
    },
    score: () => largest,
  }
}

/** Browsers tell of no event that took less. */
export const shortestEventMs = 16
const longestKept = 10

/**
 * Interaction to next paint of a view: its slowest interaction, one of each 50 left out. https://web.dev/articles/inp
 */
export function createInteractionDelay() {
  const longest = new Map<number, number>()
  let seen = 0
  return {
    add: (interactionId: number, durationMs: number) => {
      if (!longest.has(interactionId)) seen++
      longest.set(interactionId, Math.max(durationMs, longest.get(interactionId) ?? 0))
      if (longest.size <= longestKept) return
      const [shortest] = [...longest].sort(([, a], [, b]) => a - b)
      if (shortest) longest.delete(shortest[0])
    },
    /** @param counted all interactions, where the browser counts them; `null` where nobody did anything */
    delayMs: (counted = 0): number | null => {
      const all = Math.max(counted, seen)
      if (all === 0) return null
      const sorted = [...longest.values()].sort((a, b) => b - a)
      return sorted[Math.min(sorted.length - 1, Math.floor(all / 50))] ?? shortestEventMs / 2
    },
  }
}
