import { ascending, toMarks, type Units } from './sample'

/** Totals with `from` ≤ total < `to`; the last bin also holds its `to`. */
export type Bin = { from: number; to: number; count: number }

/** `count` bins of one width from 0 to the maximum, or from the lowest total where negative marks went below 0. */
export function binTotals(totals: readonly Units[], maxMarks: Units, count = 10): Bin[] {
  if (maxMarks <= 0n) return []
  const bins = BigInt(count)
  const [low = 0n, ...above] = ascending([0n, maxMarks, ...totals])
  const high = above.at(-1) ?? maxMarks
  const counts = new Array<number>(count).fill(0)
  for (const total of totals) {
    const place = Math.min(count - 1, Number(((total - low) * bins) / (high - low)))
    counts[place] = (counts[place] ?? 0) + 1
  }
  const edge = (index: number) => toMarks(Number(low) + (Number(high - low) * index) / count)
  return counts.map((size, index) => ({ from: edge(index), to: edge(index + 1), count: size }))
}
