import { z } from 'zod'

/** Why an address gave no whole answer, in a sentence. */
export class CannotAsk extends Error {
  override readonly name = 'CannotAsk'
}

export type Source = {
  /** Prometheus' address, Mimir's with `/prometheus`, or that of a Thanos querier; without a slash at the end. */
  url: string
  /** `X-Scope-OrgID` of Mimir. */
  tenant?: string | undefined
  /** The header of that name, such as `Bearer …`. */
  authorization?: string | undefined

  /** For everything that is asked, with all tries. */
  deadlineMs?: number
}

type Labels = Readonly<Record<string, string>>
/** A series and its value at the asked moment. */
export type Sample = { labels: Labels; value: number }
export type Series = { labels: Labels; points: readonly { at: number; value: number }[] }

export type Asker = {
  query: (promql: string, at: number) => Promise<Sample[]>
  queryRange: (promql: string, range: { from: number; to: number; stepSeconds: number }) => Promise<Series[]>
  /** Raw points: `promql` ends in a range. */
  queryPoints: (promql: string, at: number) => Promise<Series[]>
  /** Every group of rules, and the server's own clock, in seconds since 1970; `null` where it does not say. */
  rules: () => Promise<{ groups: RuleGroup[]; serverTime: number | null }>
}

const Names = z.record(z.string(), z.string())
const Point = z.tuple([z.number(), z.string()]).transform(([at, value]) => ({ at, value: toNumber(value) }))
const Vector = z.object({
  resultType: z.literal('vector'),
  result: z.array(z.object({ metric: Names, value: Point })),
})
const Matrix = z.object({
  resultType: z.literal('matrix'),
  result: z.array(z.object({ metric: Names, values: z.array(Point) })),
})
const Rule = z.object({
  name: z.string(),
  labels: Names.optional(),
  health: z.string(),
  lastError: z.string().optional(),
  lastEvaluation: z.string(),
})
const RuleGroups = z.object({
  groups: z.array(z.object({ name: z.string(), interval: z.number(), rules: z.array(Rule) })),
})
export type RuleGroup = z.infer<typeof RuleGroups>['groups'][number]

/** `isPartial` is VictoriaMetrics'; the others say what is missing in `warnings`. */
const Envelope = z.object({
  status: z.string(),
  data: z.unknown().optional(),
  error: z.string().optional(),
  warnings: z.array(z.string()).optional(),
  isPartial: z.boolean().optional(),
})

const mostTries = 3
const oneTryMs = 10_000

/**
 * Asks an address that speaks Prometheus' HTTP API. One deadline holds for everything that is asked with it; what may be a moment's
 * trouble is tried three times. Every promise is rejected with a CannotAsk where the answer is missing or not whole.
 */
export function createAsker({ url, tenant, authorization, deadlineMs = 30_000 }: Source): Asker {
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
      const { data } = await ask('/api/v1/query', { query: promql, time: String(at), ...whole })
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

/** May be over at the next try. */
class Passing extends CannotAsk {}

function dataOf(url: string, status: number, text: string): unknown {
  const envelope = Envelope.safeParse(parseJson(text))
  const { data, status: word, error, warnings = [], isPartial = false } = envelope.data ?? { status: 'no JSON' }
  if (status >= 500 || status === 429) throw new Passing(`${url} answers ${status}${error ? ` (${error})` : ''}.`)
  if (status === 401 || status === 403) throw new CannotAsk(`${url} does not let us in (${status}).`)
  if (status >= 300 && status < 400) {
    throw new CannotAsk(`${url} sends us elsewhere (${status}): is that a page to sign in?`)
  }
  if (!envelope.success) throw new CannotAsk(`${url} answers ${status}, and not as Prometheus does.`)
  if (status >= 400 || word !== 'success') throw new CannotAsk(`${url} refuses the question: ${error ?? status}`)
  if (isPartial || warnings.length > 0) {
    throw new CannotAsk(`${url} answers only in part${warnings[0] ? `: ${warnings[0]}` : '.'}`)
  }
  return data
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Prometheus writes `+Inf`, `-Inf` and `NaN`. */
function toNumber(text: string): number {
  if (/^[+-]?Inf$/.test(text)) return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  return text.trim() === '' ? Number.NaN : Number(text)
}
