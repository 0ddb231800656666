import type { Window } from '@hourglass/slo/burn'
import { type Asker, CannotAsk, type Sample } from '@hourglass/slo/prometheus'
import type { Slo } from '@hourglass/slo/spec'
import { type Matcher, withMatchers } from '@hourglass/slo/with-matchers'
import { budgetOf } from '../verdict/burn'
import type { Reading } from '../verdict/facts'
import { byWindow, windows } from '../verdict/windows'
import { type Queries, queriesFor } from './queries'
import { type Answers, readSlo } from './read-slo'

export type Asked = {
  slos: readonly Slo[]
  /** Seconds since 1970: the moment of every question. */
  now: number
  /** The moment is long ago, so that what the rules do now says nothing of it. */
  isReplay: boolean
  matchers: readonly Matcher[]
  /** PromQL that answers 1 while a service runs. */
  up: (service: string) => string
}

/** What Prometheus says of each SLO, by its id. It is `failed` for all of them where one question was not answered. */
export async function readEvidence(asker: Asker, asked: Asked): Promise<Map<string, Reading>> {
  const queries = queriesFor(
    asked.slos.map(({ id }) => id),
    asked.matchers,
  )
  try {
    const answers = await askAll(asker, queries, asked)
    const readings = new Map(asked.slos.map((slo) => [slo.id, readSlo(slo, asked, answers, queries)] as const))
    return await withHistory(asker, queries, asked, readings)
  } catch (error) {
    if (!(error instanceof CannotAsk)) throw error
    return new Map(asked.slos.map(({ id }) => [id, { kind: 'failed', why: error.message }]))
  }
}

async function askAll(asker: Asker, queries: Queries, { now, slos, up, matchers }: Asked): Promise<Answers> {
  const ask = (promql: string) => asker.query(promql, now)
  const askEach = async (each: Record<Window, string>) => {
    const found = new Map(await Promise.all(windows.map(async (window) => [window, await ask(each[window])] as const)))
    return byWindow((window) => found.get(window) ?? [])
  }
  const services = [...new Set(slos.map(({ service }) => service))]
  const [rules, current, info, ups] = await Promise.all([
    asker.rules(),
    ask(queries.now),
    ask(queries.info),
    Promise.all(services.map(async (service) => [service, await ask(withMatchers(up(service), matchers))] as const)),
  ])
  return {
    ...{ rules, now: current, info, up: new Map<string, Sample[]>(ups) },
    // One kind after the other: a Prometheus answers twenty questions at a time.
    ratio: await askEach(queries.ratio),
    ratioMadeAt: await askEach(queries.ratioMadeAt),
    total: await askEach(queries.total),
    bad: await askEach(queries.bad),
    inside: await askEach(queries.inside),
    seen: await askEach(queries.seen),
  }
}

const hour = 3_600
const hours = 720

/** Where a budget is empty, what emptied it is asked hour by hour: so one can say when it will be over. */
async function withHistory(asker: Asker, queries: Queries, { slos, now }: Asked, readings: Map<string, Reading>) {
  const empty = slos.filter((slo) => {
    const reading = readings.get(slo.id)
    const left = reading?.kind === 'read' ? budgetOf({ slo, reading }) : null
    return left !== null && left <= 0
  })
  if (empty.length === 0) return readings
  const range = { from: now - (hours - 1) * hour, to: now, stepSeconds: hour }
  const series = await asker.queryRange(queries.badOfHour, range)
  for (const { id } of empty) {
    const reading = readings.get(id)
    if (reading?.kind !== 'read') continue
    const badByHour = new Array<number>(hours).fill(0)
    for (const { at, value } of series.find(({ labels }) => labels.sloth_id === id)?.points ?? []) {
      badByHour[Math.round((at - range.from) / hour)] = value
    }
    readings.set(id, { ...reading, badByHour })
  }
  return readings
}
