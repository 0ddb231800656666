export type Axis = { min: number; max: number; ticks: number[] }

/** A round axis over the values: steps of 1, 2 or 5 times a power of ten, about `count` of them. `isWhole` keeps steps whole. */
export function axisOf(values: readonly number[], count: number, isWhole = false): Axis {
  const low = Math.min(...values, ...(values.length === 0 ? [0] : []))
  const high = Math.max(...values, ...(values.length === 0 ? [1] : []))
  const span = high - low || 1
  const power = 10 ** Math.floor(Math.log10(span / count))
  const step = Math.max(isWhole ? 1 : 0, ([1, 2, 5, 10].find((factor) => factor * power * count >= span) ?? 10) * power)
  const min = Math.floor(low / step) * step
  const max = Math.max(min + step, Math.ceil(high / step) * step)
  const ticks = Array.from({ length: Math.round((max - min) / step) + 1 }, (_, index) =>
    Number((min + index * step).toPrecision(12)),
  )
  return { min, max, ticks }
}
