import { colourOf, escapeXml } from './colours'
import type { Series, Span } from './panel-data'
import { byteTicks, clockOf, timeTicks, valueTicks } from './ticks'
import { formatValue } from './units'

export type GraphOptions = {
  width: number
  height: number
  span: Span
  unit: string | undefined
  /** Where the axis ends at the least. */
  max: number | undefined
  isStacked: boolean
}

const margin = { left: 58, right: 8, top: 6, bottom: 18 }

/** Lines over time with both axes, as SVG. */
export function drawGraph(series: readonly Series[], options: GraphOptions): string {
  const { width, height, span, unit } = options
  const shapes = options.isStacked ? stack(series) : series.map(({ points }) => ({ points, floor: null }))
  const values = shapes.flatMap(({ points }) => points.map(([, value]) => value)).filter(Number.isFinite)
  const ticksOf = unit === 'bytes' || unit === 'binBps' ? byteTicks : valueTicks
  const ticks = ticksOf(Math.max(options.max ?? 0, ...values), 4)
  const top = ticks.at(-1) ?? 1
  const x = (ms: number) =>
    margin.left + ((ms - span.from) / (span.to - span.from)) * (width - margin.left - margin.right)
  const y = (value: number) => height - margin.bottom - (value / top) * (height - margin.top - margin.bottom)
  const grid = ticks.map(
    (tick) =>
      `<path class="grid" d="M${margin.left} ${pixel(y(tick))}H${width - margin.right}"/>` +
      `<text class="tick" x="${margin.left - 6}" y="${pixel(y(tick) + 4)}" text-anchor="end">${escapeXml(formatValue(tick, unit))}</text>`,
  )
  const times = timeTicks(span.from, span.to, Math.floor(width / 90)).map(
    (ms) =>
      `<text class="tick" x="${pixel(Math.min(Math.max(x(ms), margin.left + 22), width - 26))}" y="${height - 4}" text-anchor="middle">${clockOf(ms)}</text>`,
  )
  const drawn = shapes.map(({ points, floor }, index) => {
    const colour = colourOf(index)
    return runsOf(points).map((run) => {
      const line = run.map(([ms, value], at) => `${at === 0 ? 'M' : 'L'}${pixel(x(ms))} ${pixel(y(value))}`).join('')
      const [first, last] = [run[0]?.[0] ?? 0, run.at(-1)?.[0] ?? 0]
      // A single point has no length, and would not be seen.
      if (run.length === 1)
        return `<circle cx="${pixel(x(first))}" cy="${pixel(y(run[0]?.[1] ?? 0))}" r="2" fill="${colour}"/>`
      const path = `<path class="line" d="${line}" stroke="${colour}"/>`
      // Fills that lie on each other hide what is below them.
      if (!floor && shapes.length > 1) return path
      const foot = floor ?? [first, last].map((ms) => [ms, 0] as const)
      const back = foot.toReversed().map(([ms, value]) => `L${pixel(x(ms))} ${pixel(y(value))}`)
      return `<path d="${line}${back.join('')}Z" fill="${colour}" opacity="${floor ? 0.45 : 0.1}"/>${path}`
    })
  })
  return `<svg width="${width}" height="${height}">${[...grid, ...times, ...drawn.flat()].join('')}</svg>`
}

/** The course of a figure, without axes. */
export function drawCourse(points: Series['points'], width: number, height: number, colour: string): string {
  const finite = points.filter(([, value]) => Number.isFinite(value))
  const [from, to] = [finite[0]?.[0] ?? 0, finite.at(-1)?.[0] ?? 1]
  const top = Math.max(...finite.map(([, value]) => value), 1e-9)
  const at = ([ms, value]: readonly [number, number]) =>
    `${pixel(((ms - from) / Math.max(to - from, 1)) * width)} ${pixel(height - 1 - (value / top) * (height - 3))}`
  const line = finite.map((point, index) => `${index === 0 ? 'M' : 'L'}${at(point)}`).join('')
  return `<svg class="course" width="${width}" height="${height}"><path d="${line}V${height}H0Z" fill="${colour}" opacity="0.1"/><path class="line" d="${line}" stroke="${colour}"/></svg>`
}

type Points = Series['points']

/** Each upon those before it. A gap counts as nothing. */
function stack(series: readonly Series[]): { points: Points; floor: Points }[] {
  const moments = [...new Set(series.flatMap(({ points }) => points.map(([ms]) => ms)))].sort((a, b) => a - b)
  let floor: Points = moments.map((ms) => [ms, 0] as const)
  return series.map(({ points }) => {
    const values = new Map(points)
    const below = floor
    floor = below.map(([ms, value]) => [ms, value + (values.get(ms) || 0)] as const)
    return { points: floor, floor: below }
  })
}

/** The pieces between gaps. */
function runsOf(points: Points): Points[] {
  const runs: (readonly [number, number])[][] = [[]]
  for (const point of points) {
    if (Number.isFinite(point[1])) runs.at(-1)?.push(point)
    else if (runs.at(-1)?.length) runs.push([])
  }
  return runs.filter((run) => run.length > 0)
}

const pixel = (value: number): number => Math.round(value * 10) / 10
