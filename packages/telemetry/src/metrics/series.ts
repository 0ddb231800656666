/** Values of a metric's labels by their names. */
export type Labels<Name extends string> = Readonly<Record<Name, string | number>>

export type MetricOptions<Name extends string> = {
  /** By Prometheus' conventions: base units, `_total` at the end of a counter. */
  name: string
  help: string
  /** In the order in which they are written. */
  labels?: readonly Name[]
}

/** What takes the place of a value that must not be one. */
export const refusedValue = 'other'

/** So many combinations of values a metric; more is a fault of the program. */
const maxSeries = 400

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i
const number = /\d{5,}/
const digest = /[0-9a-f]{16,}/i

/** Whether a text names a kind of thing. An id, an address of mail, a path with a query or a digest names a single one. */
export const isBounded = (value: string): boolean =>
  value.length <= 100 && !/[@?\n]/.test(value) && !uuid.test(value) && !number.test(value) && !digest.test(value)

/**
 * The series of one metric, found by their labels' values. A value that no label may have is kept as `other`, and so is whatever
 * comes after the 400th combination; `onRefused` hears of it.
 */
export class SeriesMap<Name extends string, Series> {
  readonly #only: Series | null = null
  readonly #byKey = new Map<string, { values: readonly string[]; series: Series }>()
  constructor(
    readonly names: readonly Name[],
    private readonly create: () => Series,
    private readonly onRefused: () => void,
  ) {
    if (names.length > 0) return
    this.#only = create()
    this.#byKey.set('', { values: [], series: this.#only })
  }

  of(labels: Labels<Name>): Series {
    if (this.#only) return this.#only
    const key = this.#keyOf(labels)
    return this.#byKey.get(key)?.series ?? this.#add(key, labels)
  }

  /** One label is a key as it is: to put texts together costs as much as all the rest. */
  #keyOf(labels: Labels<Name>): string {
    const { names } = this
    const [first] = names
    if (first === undefined) return ''
    let key = String(labels[first])
    for (let index = 1; index < names.length; index++) {
      const name = names[index]
      if (name !== undefined) key += `\n${labels[name]}`
    }
    return key
  }

  #add(key: string, labels: Labels<Name>): Series {
    const given = this.names.map((name) => String(labels[name]))
    const isFull = this.#byKey.size >= maxSeries
    const values = given.map((value) => (!isFull && isBounded(value) ? value : refusedValue))
    const kept = values.join('\n')
    if (kept !== key) this.onRefused()
    const known = this.#byKey.get(kept)
    if (known) return known.series
    const series = this.create()
    this.#byKey.set(kept, { values, series })
    return series
  }

  all(): Iterable<{ values: readonly string[]; series: Series }> {
    return this.#byKey.values()
  }
}
