import { z } from 'zod'

/** The JSON that an address answers. Throws an Error with its words when it answers with a failure. */
export async function getJson(url: string): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000) })
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  return response.json()
}

const Streams = z.object({
  data: z.object({
    result: z.array(z.object({ stream: z.record(z.string(), z.string()), values: z.array(z.array(z.unknown())) })),
  }),
})

export type Line = { labels: Record<string, string>; text: string }

/** The lines that a LogQL query finds in the last hour, the oldest first, with labels and structured metadata together. */
export async function askLoki(url: string, query: string): Promise<Line[]> {
  const parameters = new URLSearchParams({ query, direction: 'forward', limit: '1000', since: '1h' })
  const { data } = Streams.parse(await getJson(`${url}/loki/api/v1/query_range?${parameters}`))
  return data.result.flatMap(({ stream, values }) => values.map(([, text]) => ({ labels: stream, text: String(text) })))
}

/** The number that a LogQL query of lines counted makes now; 0 where there are none. */
export async function countLoki(url: string, query: string): Promise<number> {
  const { data } = Vector.parse(await getJson(`${url}/loki/api/v1/query?${new URLSearchParams({ query })}`))
  return Number(data.result[0]?.value[1] ?? 0)
}

/** The names that are in Loki's index. */
export async function askLabels(url: string): Promise<string[]> {
  return z.object({ data: z.array(z.string()) }).parse(await getJson(`${url}/loki/api/v1/labels?since=1h`)).data
}

const Vector = z.object({
  data: z.object({
    result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) })),
  }),
})

/** The series that a PromQL query finds now. */
export async function askPrometheus(url: string, query: string) {
  const { data } = Vector.parse(await getJson(`${url}/api/v1/query?${new URLSearchParams({ query })}`))
  return data.result.map(({ metric, value: [, value] }) => ({ metric, value: Number(value) }))
}

const Exemplar = z
  .object({ labels: z.record(z.string(), z.string()), value: z.coerce.number() })
  .transform(({ labels, value }) => ({ traceId: labels.trace_id ?? '', value }))
const Exemplars = z.object({ data: z.array(z.object({ exemplars: z.array(Exemplar) })) })

/** The exemplars of a series of the last hour: each a trace, and what was measured of it. */
export async function askExemplars(url: string, query: string): Promise<z.infer<typeof Exemplar>[]> {
  const now = Date.now() / 1_000
  const parameters = new URLSearchParams({ query, start: `${now - 3_600}`, end: `${now + 60}` })
  const { data } = Exemplars.parse(await getJson(`${url}/api/v1/query_exemplars?${parameters}`))
  return data.flatMap(({ exemplars }) => exemplars)
}

const Targets = z.object({
  data: z.object({
    activeTargets: z.array(
      z.object({ labels: z.record(z.string(), z.string()), health: z.string(), lastError: z.string() }),
    ),
  }),
})

/** What Prometheus scrapes, and how it went the last time. */
export async function askTargets(url: string) {
  return Targets.parse(await getJson(`${url}/api/v1/targets?state=active`)).data.activeTargets
}

const Ranges = z.object({ data: z.object({ result: z.array(z.object({ values: z.array(z.array(z.unknown())) })) }) })
const Search = z.object({ traces: z.array(z.object({ traceID: z.string() })).default([]) })

/** The ids of the traces that a TraceQL query finds in the last half hour. */
export async function searchTempo(url: string, q: string): Promise<string[]> {
  const end = Math.ceil(Date.now() / 1_000)
  const search = new URLSearchParams({ q, start: `${end - 1_800}`, end: `${end}` })
  const { traces } = Search.parse(await getJson(`${url}/api/search?${search}`))
  // Tempo leaves out zeros in front.
  return traces.map(({ traceID }) => traceID.padStart(32, '0'))
}

/** How many points, lines or traces a panel's query finds in the last half hour; points that are no numbers are none. */
export async function countFound(
  urls: { prometheus: string; loki: string; tempo: string },
  source: string,
  expr: string,
): Promise<number> {
  const end = Math.ceil(Date.now() / 1_000)
  const range = { start: `${end - 1_800}`, end: `${end}`, step: '5' }
  if (source === 'tempo') return (await searchTempo(urls.tempo, expr)).length
  const path = source === 'loki' ? `${urls.loki}/loki/api/v1/query_range` : `${urls.prometheus}/api/v1/query_range`
  const { data } = Ranges.parse(await getJson(`${path}?${new URLSearchParams({ query: expr, ...range })}`))
  const points = data.result.flatMap(({ values }) => values.map(([, value]) => String(value)))
  return points.filter((value) => value !== 'NaN').length
}

export type Point = { at: number; value: number }

const Matrix = z.object({
  data: z.object({ result: z.array(z.object({ values: z.array(z.tuple([z.number(), z.coerce.number()])) })) }),
})

/** What a PromQL query that finds one series said over the last minutes, at whole steps; `at` in milliseconds since 1970. */
export async function askRange(
  url: string,
  query: string,
  { minutes, stepSeconds }: { minutes: number; stepSeconds: number },
): Promise<Point[]> {
  const end = Math.floor(Date.now() / 1_000 / stepSeconds) * stepSeconds
  const parameters = new URLSearchParams({
    query,
    start: `${end - minutes * 60}`,
    end: `${end}`,
    step: `${stepSeconds}`,
  })
  const { data } = Matrix.parse(await getJson(`${url}/api/v1/query_range?${parameters}`))
  return (data.result[0]?.values ?? []).map(([at, value]) => ({ at: at * 1_000, value }))
}
