import { activeKeptTraceId } from '../trace/active'
import { type Labels, type MetricOptions, SeriesMap } from './series'

export type Exemplar = { traceId: string; value: number; atSeconds: number }
/** One line of an exposition: `name` + `suffix`, the labels' names and values. */
export type Sample = {
  suffix: string
  labels: readonly (readonly [name: string, value: string])[]
  value: number
  exemplar?: Exemplar | undefined
}

export type MetricType = 'counter' | 'gauge' | 'histogram'

/** What an exposition is written from. */
export type Metric = {
  type: MetricType
  name: string
  help: string
  labels: readonly string[]
  samples: () => Iterable<Sample>
}

const pairsOf = (names: readonly string[], values: readonly string[]) =>
  names.map((name, index) => [name, values[index] ?? ''] as const)

/** Only grows. Some 0.05 µs a call, since it is called several times a request. */
export class Counter<Name extends string = never> implements Metric {
  readonly type = 'counter'
  readonly name: string
  readonly help: string
  readonly labels: readonly Name[]
  readonly #series: SeriesMap<Name, { value: number }>
  readonly #collect: ((counter: Counter<Name>) => void) | undefined

  /** @param options `collect` sets the totals that somebody else keeps, right before they are read */
  constructor(options: MetricOptions<Name> & { collect?: (counter: Counter<Name>) => void }, onRefused: () => void) {
    const { name, help, labels = [], collect } = options
    if (!name.endsWith('_total')) throw new Error(`the counter ${name} does not end with _total`)
    ;[this.name, this.help, this.labels] = [name, help, labels]
    this.#collect = collect
    this.#series = new SeriesMap(labels, () => ({ value: 0 }), onRefused)
  }

  inc(labels: Labels<Name>, by = 1): void {
    this.#series.of(labels).value += by
  }

  /** For `collect`. */
  set(labels: Labels<Name>, total: number): void {
    this.#series.of(labels).value = total
  }

  *samples(): Iterable<Sample> {
    this.#collect?.(this)
    for (const { values, series } of this.#series.all()) {
      yield { suffix: '', labels: pairsOf(this.labels, values), value: series.value }
    }
  }
}

/** Goes up and down. `collect` sets it right before it is read: for what is known in memory, never for what must be asked. */
export class Gauge<Name extends string = never> implements Metric {
  readonly type = 'gauge'
  readonly name: string
  readonly help: string
  readonly labels: readonly Name[]
  readonly #series: SeriesMap<Name, { value: number }>
  readonly #collect: ((gauge: Gauge<Name>) => void) | undefined

  constructor(
    { name, help, labels = [], collect }: MetricOptions<Name> & { collect?: (gauge: Gauge<Name>) => void },
    onRefused: () => void,
  ) {
    ;[this.name, this.help, this.labels] = [name, help, labels]
    this.#collect = collect
    this.#series = new SeriesMap(labels, () => ({ value: 0 }), onRefused)
  }

  set(labels: Labels<Name>, value: number): void {
    this.#series.of(labels).value = value
  }

  *samples(): Iterable<Sample> {
    this.#collect?.(this)
    for (const { values, series } of this.#series.all()) {
      yield { suffix: '', labels: pairsOf(this.labels, values), value: series.value }
    }
  }
}

type Distribution = { counts: number[]; sum: number; exemplars: (Exemplar | undefined)[] }

/** A distribution by upper bounds, with the trace of the latest observation in each bucket. */
export class Histogram<Name extends string = never> implements Metric {
  readonly type = 'histogram'
  readonly name: string
  readonly help: string
  readonly labels: readonly Name[]
  readonly #bounds: readonly number[]
  readonly #series: SeriesMap<Name, Distribution>

  constructor(
    { name, help, labels = [], buckets }: MetricOptions<Name> & { buckets: readonly number[] },
    onRefused: () => void,
  ) {
    ;[this.name, this.help, this.labels] = [name, help, labels]
    this.#bounds = buckets
    const size = buckets.length + 1
    this.#series = new SeriesMap(labels, () => ({ counts: new Array(size).fill(0), sum: 0, exemplars: [] }), onRefused)
  }

  /** @param traceId of a trace that is kept, so that who sees the value finds what happened; by default the active one */
  observe(labels: Labels<Name>, value: number, traceId: string | null = activeKeptTraceId()): void {
    const series = this.#series.of(labels)
    let bucket = 0
    while (bucket < this.#bounds.length && value > (this.#bounds[bucket] ?? 0)) bucket++
    series.counts[bucket] = (series.counts[bucket] ?? 0) + 1
    series.sum += value
    if (traceId) series.exemplars[bucket] = { traceId, value, atSeconds: Date.now() / 1_000 }
  }

  *samples(): Iterable<Sample> {
    for (const { values, series } of this.#series.all()) {
      const labels = pairsOf(this.labels, values)
      let count = 0
      for (const [bucket, each] of series.counts.entries()) {
        count += each
        const bound = this.#bounds[bucket]
        const le = ['le', bound === undefined ? '+Inf' : String(bound)] as const
        yield { suffix: '_bucket', labels: [...labels, le], value: count, exemplar: series.exemplars[bucket] }
      }
      yield { suffix: '_sum', labels, value: series.sum }
      yield { suffix: '_count', labels, value: count }
    }
  }
}
