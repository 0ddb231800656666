import { expect, test } from 'bun:test'
import { DashboardFile } from '../queries/read-queries'
import { drawPage } from './draw-page'
import { drawGraph } from './graph-svg'
import { byteTicks, timeTicks, valueTicks } from './ticks'
import { formatValue } from './units'

test.each([
  [0.0123, 's', '12.3 ms'],
  [0.00002, 's', '20 µs'],
  [90, 's', '90 s'],
  [600, 's', '10 min'],
  [0.0501, 'percentunit', '5.01 %'],
  [3 * 1_024 ** 2, 'bytes', '3 MiB'],
  [12_345, 'reqps', '12.3 K req/s'],
  [2, 'short', '2'],
])('%p of %p is written %p', (value, unit, text) => {
  expect(formatValue(value, unit)).toBe(text)
})

test('ticks are round and reach beyond what is drawn', () => {
  expect(valueTicks(0.7, 4)).toEqual([0, 0.2, 0.4, 0.6000000000000001, 0.8])
  expect(valueTicks(400, 4)).toEqual([0, 100, 200, 300, 400])
  expect(valueTicks(0, 4)).toEqual([0, 1])
  expect(byteTicks(190 * 1_024 ** 2, 4).map((bytes) => formatValue(bytes, 'bytes'))).toContain('150 MiB')
  const noon = Date.UTC(2026, 2, 2, 12)
  expect(timeTicks(noon + 1, noon + 120_000, 4).map((ms) => (ms - noon) / 1_000)).toEqual([30, 60, 90, 120])
})

const options = { width: 300, height: 120, span: { from: 0, to: 10_000 }, unit: 'short', max: undefined }
const series = [
  {
    name: 'low',
    points: [
      [0, 1],
      [5_000, 1],
      [10_000, 1],
    ],
  },
  {
    name: 'high',
    points: [
      [0, 2],
      [5_000, Number.NaN],
      [10_000, 2],
    ],
  },
] as const

/** The lowest `y` of a line, which is its highest value. */
const topsOf = (svg: string): number[] =>
  [...svg.matchAll(/class="line" d="M[\d.]+ ([\d.]+)/g)].map(([, y]) => Number(y))

test('a line ends at a gap, and stacked lines stand upon each other', () => {
  const apart = drawGraph(series, { ...options, isStacked: false })
  expect(apart.match(/<circle/g)).toHaveLength(2)
  const [low = 0] = topsOf(apart)
  const [lower = 0, upper = 0] = topsOf(drawGraph(series, { ...options, isStacked: true }))
  expect(upper).toBeLessThan(lower)
  // Of 3 in all instead of 2.
  expect(lower).toBeGreaterThan(low)
})

test('a page has every panel in its place, its title filled in, and no text of a log as HTML', () => {
  const panel = (title: string, type: string, x: number) => ({
    ...{ title, type, gridPos: { x, y: 0, w: 12, h: 8 }, targets: [{ refId: 'A', expr: 'up' }] },
  })
  const page = DashboardFile.parse({
    ...{ uid: 'page', title: 'A page', templating: { list: [] }, annotations: { list: [] } },
    panels: [panel('Lines', 'logs', 0), panel('Of $quantile', 'timeseries', 12)],
  })
  const html = drawPage({
    ...{ page, span: options.span, variables: { quantile: '0.95' } },
    dataOf: (title) => ({
      ...{ series: [], traces: [] },
      lines: title === 'Lines' ? [{ ms: 0, text: '{"msg":"<script>","service":"exams","level":"warn"}' }] : [],
    }),
    whyEmpty: () => 'there is no Kubernetes',
  })
  expect(html).toContain('Of 0.95')
  expect(html).toContain('left: 603px')
  expect(html).toContain('there is no Kubernetes')
  expect(html).toContain('&lt;script&gt;')
  expect(html).not.toContain('<script>')
})
