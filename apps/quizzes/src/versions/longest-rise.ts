/** A longest strictly rising subsequence of distinct numbers (patience sorting, O(n log n)). */
export function longestRise(values: readonly number[]): number[] {
  const tails: number[] = []
  const before = new Map<number, number | undefined>()
  for (const value of values) {
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((tails[middle] ?? 0) < value) low = middle + 1
      else high = middle
    }
    before.set(value, tails[low - 1])
    tails[low] = value
  }
  const rise: number[] = []
  for (let value = tails.at(-1); value !== undefined; value = before.get(value)) rise.push(value)
  return rise.reverse()
}
