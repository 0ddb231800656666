import { Counter, Gauge, Histogram, type Metric } from './metric'
import type { MetricOptions } from './series'

export type { Counter, Gauge, Histogram, Metric } from './metric'

/** The metrics of one service. A name may be taken once. */
export type Registry = {
  /** Written on every sample. */
  labels: Readonly<Record<string, string>>
  metrics: () => readonly Metric[]
  counter: <Name extends string = never>(
    options: MetricOptions<Name> & { collect?: (counter: Counter<Name>) => void },
  ) => Counter<Name>
  gauge: <Name extends string = never>(
    options: MetricOptions<Name> & { collect?: (gauge: Gauge<Name>) => void },
  ) => Gauge<Name>
  histogram: <Name extends string = never>(
    options: MetricOptions<Name> & { buckets: readonly number[] },
  ) => Histogram<Name>
}

const silent = { inc: () => {}, observe: () => {}, set: () => {} }

/** @param isOn whether anything is counted; off only to measure what counting costs */
export function createRegistry(labels: Readonly<Record<string, string>>, { isOn = true } = {}): Registry {
  const metrics = new Map<string, Metric>()
  const add = <M extends Metric>(metric: M): M => {
    if (metrics.has(metric.name)) throw new Error(`there are two metrics ${metric.name}`)
    metrics.set(metric.name, metric)
    if (!isOn) Object.assign(metric, silent)
    return metric
  }
  const refused = add(
    new Counter(
      {
        name: 'telemetry_labels_refused_total',
        help: 'Values that a label must not have (ids, paths, too many of them), by metric; they are counted as `other`.',
        labels: ['metric'],
      },
      () => {},
    ),
  )
  const refuse = (metric: string) => () => refused.inc({ metric })
  return {
    labels,
    metrics: () => [...metrics.values()],
    counter: (options) => add(new Counter(options, refuse(options.name))),
    gauge: (options) => add(new Gauge(options, refuse(options.name))),
    histogram: (options) => add(new Histogram(options, refuse(options.name))),
  }
}
