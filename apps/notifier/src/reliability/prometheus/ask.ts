import { createTimedFetch, type Fetcher } from '@hourglass/kit/fetch'
import { z } from 'zod'

export type Sample = { labels: Readonly<Record<string, string>>; value: number }

const Answer = z.object({
  status: z.literal('success'),
  warnings: z.array(z.string()).max(0).optional(),
  data: z.object({
    resultType: z.literal('vector'),
    result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) })),
  }),
})

const timeoutMs = 5_000

/**
 * Asks what speaks Prometheus' HTTP API for the series of a query as they are now. Throws an Error when no whole answer comes within
 * five seconds; nothing is tried again: whoever looks at the page can.
 */
export function createPrometheus(url: string, fetcher?: Fetcher): (query: string) => Promise<Sample[]> {
  const ask = createTimedFetch(timeoutMs, fetcher)
  return async (query) => {
    // A question may be longer than an address can be.
    const body = new URLSearchParams({ query })
    const response = await ask(new Request(`${url.replace(/\/+$/, '')}/api/v1/query`, { method: 'POST', body }))
    if (!response.ok) throw new Error(`Prometheus answered ${response.status}`)
    const { data } = Answer.parse(await response.json())
    return data.result.map(({ metric, value: [, value] }) => ({ labels: metric, value: Number(value) }))
  }
}
