export type Interval = { from: number; to: number }

/** The parts of `whole` that no interval of `taken` covers. */
export function subtractIntervals(whole: Interval, taken: readonly Interval[]): Interval[] {
  let rest = whole.to > whole.from ? [whole] : []
  for (const { from, to } of taken) {
    rest = rest.flatMap((part) =>
      [
        { from: part.from, to: Math.min(part.to, from) },
        { from: Math.max(part.from, to), to: part.to },
      ].filter((piece) => piece.to > piece.from),
    )
    // An empty interval cuts a part in two and takes nothing: both pieces stay.
  }
  return rest
}

export const lengthOf = (intervals: readonly Interval[]): number =>
  intervals.reduce((sum, { from, to }) => sum + (to - from), 0)
