import { readSelector, type Selector } from '../promql/read-selector'
import { sumsOfRates } from '../promql/sums-of-rates'
import type { Slo } from '../spec/read'

/** A counter, or what a histogram counts, as `/metrics` has it. */
type Counted = {
  name: string
  samples: () => Iterable<{
    suffix: string
    labels: readonly (readonly [name: string, value: string])[]
    value: number
  }>
}
/** The metrics of one service; `labels` stand on every series. */
export type Counters = { labels: Readonly<Record<string, string>>; metrics: () => readonly Counted[] }

/** Events since the program began. */
export type Events = { total: number; bad: number }

/**
 * Counts the events of every SLO off the counters of a program, by the very queries that Prometheus is asked. They only grow while the
 * program runs. Throws an Error for an SLO that cannot be counted so.
 */
export function createEventCount(slos: readonly Slo[]): (services: readonly Counters[]) => Map<string, Events> {
  const queries = slos.map((slo) => ({ id: slo.id, ...termsOf(slo) }))
  const wanted = new Set(queries.flatMap(({ total, bad }) => [...total, ...bad].map(({ metric }) => metric)))
  return (services) => {
    const series = services.flatMap((service) => seriesOf(service, wanted))
    const byMetric = Map.groupBy(series, ({ metric }) => metric)
    const add = (terms: readonly Term[]) =>
      terms.reduce((sum, { sign, metric, matches }) => {
        const found = (byMetric.get(metric) ?? []).filter(({ labels }) => matches(labels))
        return sum + sign * found.reduce((all, { value }) => all + value, 0)
      }, 0)
    return new Map(queries.map(({ id, total, bad }) => [id, { total: add(total), bad: Math.max(0, add(bad)) }]))
  }
}

/** A counter whose series are added up: `+1`, or taken away: `-1`. */
type Term = Selector & { sign: 1 | -1 }

function termsOf({ id, sli }: Slo): { total: Term[]; bad: Term[] } {
  if (sli.kind !== 'events') throw new Error(`${id} has no events to count`)
  const read = (query: string) =>
    sumsOfRates(query)?.map(({ sign, selector }) => {
      const read = readSelector(selector)
      if (!read) throw new Error(`${id}: ${selector} cannot be read`)
      return { sign, ...read }
    })
  const [total, bad] = [read(sli.totalQuery), read(sli.errorQuery)]
  if (!total || !bad) throw new Error(`${id}: only sum(rate(…)), added and taken away, can be counted`)
  return { total, bad }
}

type Series = { metric: string; labels: Readonly<Record<string, string>>; value: number }

function seriesOf({ labels, metrics }: Counters, wanted: ReadonlySet<string>): Series[] {
  const families = metrics().filter(({ name }) =>
    [name, `${name}_count`, `${name}_bucket`].some((of) => wanted.has(of)),
  )
  return families.flatMap((family) =>
    [...family.samples()]
      .filter(({ suffix }) => wanted.has(family.name + suffix))
      .map((sample) => ({
        metric: family.name + sample.suffix,
        labels: { ...Object.fromEntries(sample.labels), ...labels },
        value: sample.value,
      })),
  )
}
