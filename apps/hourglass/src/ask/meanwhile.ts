import { z } from 'zod'
import { askJson } from './ask-json'
import { sayClock, saySeconds } from './say'

const Matrix = z.object({
  data: z.object({
    result: z.array(
      z.object({ metric: z.record(z.string(), z.string()), values: z.array(z.tuple([z.number(), z.string()])) }),
    ),
  }),
})

/** The points of an answer, whatever the length of time. */
const mostPoints = 500
const finestSeconds = 5

/** How everybody else fared between the first and the last entry: whether it was this student alone. Throws an AwayError. */
export async function tellMeanwhile(url: string, from: number, to: number): Promise<string[]> {
  const [alerts, waits, failures] = await Promise.all([
    ask(url, 'max by (alertname, service) (ALERTS{alertstate="firing"})', from, to),
    ask(url, 'histogram_quantile(0.99, sum by (le) (rate(exams_save_stored_seconds_bucket[1m])))', from, to),
    ask(url, 'sum(rate(http_requests_total{service="gateway", status=~"5.."}[1m]))', from, to),
  ])
  const fired = alerts.map(({ metric: { alertname = '', service }, values }) => {
    const [first = 0, last = 0] = [values[0]?.[0], values.at(-1)?.[0]]
    return `alert ${alertname}${service ? ` of ${service}` : ''} fired, ${sayClock(first * 1_000)}–${sayClock(last * 1_000)}`
  })
  const slowest = highest(waits)
  const worst = highest(failures)
  return [
    ...(fired.length > 0 ? fired : ['no alert fired']),
    slowest
      ? `of everybody’s saves 99 % were stored within ${saySeconds(slowest.value * 1_000)} at the worst (${sayClock(slowest.at)})`
      : 'Prometheus knows of no save then',
    worst && worst.value > 0
      ? `requests of everybody failed: ${worst.value.toFixed(2)} a second at the worst (${sayClock(worst.at)})`
      : 'nobody’s request failed (5xx)',
  ]
}

type Series = z.infer<typeof Matrix>['data']['result'][number]

async function ask(url: string, query: string, from: number, to: number): Promise<Series[]> {
  const step = Math.max(finestSeconds, Math.ceil((to - from) / 1_000 / mostPoints))
  // What happened in the last seconds is scraped after them.
  const range = { start: String(from / 1_000), end: String(to / 1_000 + 2 * finestSeconds), step: String(step) }
  return Matrix.parse(await askJson('Prometheus', url, '/api/v1/query_range', { query, ...range })).data.result
}

function highest(series: readonly Series[]): { value: number; at: number } | null {
  const points = series.flatMap(({ values }) => values.map(([at, value]) => ({ at: at * 1_000, value: Number(value) })))
  return points.filter(({ value }) => Number.isFinite(value)).sort((one, other) => other.value - one.value)[0] ?? null
}
