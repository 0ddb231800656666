import type { z } from 'zod'
import { Matrix, type RuleGroup, RuleGroups, Vector } from './answers'
import { CannotAsk, dataOf, Passing } from './envelope'
import type { Source } from './source'

export { CannotAsk }

type Labels = Readonly<Record<string, string>>
/** A series and its value at the asked moment. */
export type Sample = { labels: Labels; value: number }
export type Series = { labels: Labels; points: readonly { at: number; value: number }[] }

export type Asker = {
  /** `at`: seconds since 1970; without it the server's own now. */
  query: (promql: string, at?: number) => Promise<Sample[]>
  queryRange: (promql: string, range: { from: number; to: number; stepSeconds: number }) => Promise<Series[]>
  /** Raw points: `promql` ends in a range. */
  queryPoints: (promql: string, at: number) => Promise<Series[]>
  /** Every group of rules, and the server's own clock, in seconds since 1970; `null` where it does not say. */
  rules: () => Promise<{ groups: RuleGroup[]; serverTime: number | null }>
}

const oneTryMs = 10_000

/**
 * Asks an address that speaks Prometheus' HTTP API. One deadline holds for everything that is asked with it; what may be a moment's
 * trouble is tried up to three times, with a pause. Every promise is rejected with a CannotAsk where the answer is missing or not whole.
 */
export function createAsker({ url, tenant, authorization, deadlineMs = 30_000, mostTries = 3 }: Source): Asker {
  const endsAt = performance.now() + deadlineMs
  const headers = {
    accept: 'application/json',
    'content-type': 'application/x-www-form-urlencoded',
    ...(tenant !== undefined && { 'x-scope-orgid': tenant }),
    ...(authorization !== undefined && { authorization }),
  }

  async function ask(path: string, parameters: Record<string, string> | null) {
    for (let attempt = 1; ; attempt++) {
      try {
        return await askOnce(path, parameters)
      } catch (error) {
        const pauseMs = 200 * 2 ** attempt * (0.5 + Math.random())
        const isWorthIt = attempt < mostTries && performance.now() + pauseMs < endsAt
        if (!(error instanceof Passing) || !isWorthIt) throw error
        await Bun.sleep(pauseMs)
      }
    }
  }

  async function askOnce(path: string, parameters: Record<string, string> | null) {
    const leftMs = Math.floor(endsAt - performance.now())
    if (leftMs <= 0) throw new CannotAsk(`${url} did not answer within ${deadlineMs / 1_000} s.`)
    const signal = AbortSignal.timeout(Math.min(leftMs, oneTryMs))
    // A question may be longer than an address can be.
    const request = parameters ? { method: 'POST', body: new URLSearchParams(parameters) } : { method: 'GET' }
    try {
      const response = await fetch(`${url}${path}`, { ...request, headers, signal, redirect: 'manual' })
      const date = Date.parse(response.headers.get('date') ?? '')
      return { data: dataOf(url, response.status, await response.text()), date: Number.isNaN(date) ? null : date }
    } catch (error) {
      if (error instanceof CannotAsk) throw error
      throw new Passing(`${url} does not answer: ${error instanceof Error ? error.message : error}`)
    }
  }

  const parseWith = <Schema extends z.ZodType>(schema: Schema, data: unknown): z.output<Schema> => {
    const parsed = schema.safeParse(data)
    if (!parsed.success) throw new CannotAsk(`${url} answers something else than Prometheus would.`)
    return parsed.data
  }

  /** Thanos leaves out what it cannot reach, unless it is told not to. */
  const whole = { partial_response: 'false' }
  const toSeries = (data: unknown): Series[] =>
    parseWith(Matrix, data).result.map(({ metric, values }) => ({ labels: metric, points: values }))

  return {
    async query(promql, at) {
      const { data } = await ask('/api/v1/query', {
        query: promql,
        ...(at !== undefined && { time: String(at) }),
        ...whole,
      })
      return parseWith(Vector, data).result.map(({ metric, value }) => ({ labels: metric, value: value.value }))
    },
    async queryPoints(promql, at) {
      return toSeries((await ask('/api/v1/query', { query: promql, time: String(at), ...whole })).data)
    },
    async queryRange(promql, { from, to, stepSeconds }) {
      const range = { start: String(from), end: String(to), step: String(stepSeconds) }
      return toSeries((await ask('/api/v1/query_range', { query: promql, ...range, ...whole })).data)
    },
    async rules() {
      const { data, date } = await ask('/api/v1/rules', null)
      return { groups: parseWith(RuleGroups, data).groups, serverTime: date === null ? null : date / 1_000 }
    },
  }
}
