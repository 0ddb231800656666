import type { LogLine, PanelData, Series, Span, TraceRow } from '@hourglass/dashboards/pictures'
import { type DashboardFile, fillVariables } from '@hourglass/dashboards/queries'
import { z } from 'zod'
import { getJson } from '../ask'
import type { Observed } from './observed'

type Panel = DashboardFile['panels'][number]

/** Points lie so many seconds from each other: those of a scrape. */
const stepSeconds = 5

/** What every panel of a page finds between two moments, by its title. */
export async function dataOfPage(
  page: DashboardFile,
  urls: Observed,
  span: Span,
  values: Readonly<Record<string, string>>,
): Promise<Map<string, PanelData>> {
  const found = page.panels.map(async (panel) => [panel.title, await findData(panel, urls, span, values)] as const)
  return new Map(await Promise.all(found))
}

/** What the queries of a panel find between two moments, each in its own server. */
async function findData(
  panel: Panel,
  urls: Observed,
  span: Span,
  values: Readonly<Record<string, string>>,
): Promise<PanelData> {
  const source = panel.datasource?.uid
  const found = { series: [] as Series[], lines: [] as LogLine[], traces: [] as TraceRow[] }
  for (const { expr, query, legendFormat = '' } of panel.targets) {
    const filled = fillVariables(expr ?? query ?? '', values)
    if (source === 'tempo') found.traces.push(...(await findTraces(urls.tempo, filled, span)))
    else if (panel.type === 'logs') found.lines.push(...(await findLines(urls.loki, filled, span)))
    else {
      const path = source === 'loki' ? `${urls.loki}/loki/api/v1/query_range` : `${urls.prometheus}/api/v1/query_range`
      found.series.push(...(await findSeries(path, filled, span, legendFormat)))
    }
  }
  return found
}

const secondsOf = ({ from, to }: Span) => ({ start: `${Math.floor(from / 1_000)}`, end: `${Math.ceil(to / 1_000)}` })

/** The last point is at the end of the span: what came a moment ago is on it. */
function pointsOf({ from, to }: Span): { start: string; end: string } {
  const end = Math.ceil(to / 1_000)
  const count = Math.floor((end - from / 1_000) / stepSeconds)
  return { start: `${end - count * stepSeconds}`, end: `${end}` }
}

const Matrix = z.object({
  data: z.object({
    result: z.array(
      z.object({ metric: z.record(z.string(), z.string()), values: z.array(z.tuple([z.number(), z.string()])) }),
    ),
  }),
})

async function findSeries(path: string, query: string, span: Span, legend: string): Promise<Series[]> {
  const parameters = new URLSearchParams({ query, ...pointsOf(span), step: `${stepSeconds}` })
  const { data } = Matrix.parse(await getJson(`${path}?${parameters}`))
  return data.result
    .map(({ metric, values }) => ({
      name: legend.replaceAll(/\{\{(\w+)\}\}/g, (_, label: string) => metric[label] ?? ''),
      points: withGaps(values.map(([seconds, value]) => [seconds * 1_000, Number(value)] as const)),
    }))
    .sort((one, other) => one.name.localeCompare(other.name))
}

/** Where points are missing the line has to end. */
function withGaps(points: Series['points']): Series['points'] {
  return points.flatMap((point, index) => {
    const before = points[index - 1]
    if (!before || point[0] - before[0] <= stepSeconds * 1_500) return [point]
    return [[before[0] + stepSeconds * 1_000, Number.NaN] as const, point]
  })
}

const Streams = z.object({
  data: z.object({
    result: z.array(z.object({ values: z.array(z.tuple([z.string(), z.string()]).rest(z.unknown())) })),
  }),
})

async function findLines(loki: string, query: string, span: Span): Promise<LogLine[]> {
  const parameters = new URLSearchParams({ query, ...secondsOf(span), direction: 'backward', limit: '100' })
  const { data } = Streams.parse(await getJson(`${loki}/loki/api/v1/query_range?${parameters}`))
  return data.result.flatMap(({ values }) => values.map(([ns, text]) => ({ ms: Number(ns) / 1e6, text })))
}

const Traces = z.object({
  traces: z
    .array(
      z.object({
        traceID: z.string(),
        rootServiceName: z.string().default(''),
        rootTraceName: z.string().default(''),
        startTimeUnixNano: z.coerce.number(),
        durationMs: z.number().default(0),
      }),
    )
    .default([]),
})

async function findTraces(tempo: string, q: string, span: Span): Promise<TraceRow[]> {
  const parameters = new URLSearchParams({ q, ...secondsOf(span), limit: '50' })
  const { traces } = Traces.parse(await getJson(`${tempo}/api/search?${parameters}`))
  return traces.map(({ traceID, rootServiceName, rootTraceName, startTimeUnixNano, durationMs }) => ({
    // Tempo leaves out zeros in front.
    traceId: traceID.padStart(32, '0'),
    ...{ ms: startTimeUnixNano / 1e6, service: rootServiceName, name: rootTraceName, durationMs },
  }))
}
