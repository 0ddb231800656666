/** Round numbers from 0 to at least `max`, some `count` of them: of a step of 1, 2 or 5 with zeros. */
export function valueTicks(max: number, count: number): number[] {
  if (!(max > 0)) return [0, 1]
  const rough = max / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5, 10].find((each) => each * power >= rough) ?? 10) * power
  return Array.from({ length: Math.ceil(max / step - 1e-9) + 1 }, (_, index) => index * step)
}

/** As `valueTicks`, round in KiB, MiB and so on. */
export function byteTicks(max: number, count: number): number[] {
  const base = max > 1 ? 1_024 ** Math.floor(Math.log(max) / Math.log(1_024)) : 1
  return valueTicks(max / base, count).map((tick) => tick * base)
}

const steps = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600].map((seconds) => seconds * 1_000)

/** Round times between two moments in milliseconds, `count` of them at the most. */
export function timeTicks(from: number, to: number, count: number): number[] {
  const step = steps.find((each) => (to - from) / each <= count) ?? to - from
  const first = Math.ceil(from / step) * step
  return Array.from({ length: Math.floor((to - first) / step) + 1 }, (_, index) => first + index * step)
}

/** `10:14:30` by the clock of UTC. */
export const clockOf = (ms: number): string => new Date(ms).toISOString().slice(11, 19)
