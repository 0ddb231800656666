import { type Window, windowMinutes } from '../burn/burn'
import type { Slo } from '../spec/read'
import type { Defect, Making } from './defects'

/** Every series of an SLO has these, and, apart from the window, nothing else that an edit of the file could change. */
export const idLabels = ({ id, service, name }: Slo) => ({ sloth_id: id, sloth_service: service, sloth_slo: name })

/** The PromQL of which the rules of one SLO are made. What is asked has no labels: rules put those on. */
export function queriesOf(slo: Slo, { intervalSeconds, unmended }: Making) {
  const { sli } = slo
  if (sli.kind !== 'events') throw new Error(`${slo.id} has no events`)
  const mends = (defect: Defect) => !unmended.includes(defect)
  const secondsOf = (window: Window) => windowMinutes[window] * 60
  const series = (name: string, range = '') => `${name}{sloth_id="${slo.id}"}${range}`
  const recordedOf = (kind: 'bad' | 'total', window: Window) =>
    `sum_over_time(${series(`slo:sli_${kind}:rate5m`, `[${window}]`)})`
  // One number, whatever labels older series had.
  const sum = (query: string) => (mends('relabelled') ? `sum(${query})` : query)
  const total = (window: Window) => inOne(atWindow(sli.totalQuery, window))
  const failing = (window: Window) => inOne(atWindow(sli.errorQuery, window))
  return {
    mends,
    series,
    /** Events a second. */
    total,
    /** Bad events a second: 0, and not absent, as long as anything is known. */
    bad: (window: Window) => (mends('unfailing') ? `${failing(window)} or 0 * ${total(window)}` : failing(window)),
    /** The sum of what was recorded in a window. */
    recorded: (kind: 'bad' | 'total', window: Window) => sum(recordedOf(kind, window)),
    /** The number of bad events in a window. Raw for the short ones: what is recorded lags behind by minutes. */
    badEvents: (window: Window) =>
      windowMinutes[window] <= windowMinutes['6h']
        ? `${failing(window)} * ${secondsOf(window)}`
        : `sum(${recordedOf('bad', window)}) * ${intervalSeconds}`,
    /** How much of a window has data, 1 at the most. */
    coverage: (window: Window) => {
      const count = `sum(count_over_time(${series('slo:sli_total:rate5m', `[${window}]`)}))`
      return `clamp_max(${count} * ${intervalSeconds} / ${secondsOf(window)}, 1)`
    },
    /** Absent, and not NaN, where there were no events. */
    positive: (query: string) => (mends('idle') ? `(${query} > 0)` : query),
    /** The ratio of a window, as recorded. */
    ratio: (window: Window) => `max(${series(`slo:sli_error:ratio_rate${window}`)})`,
  }
}
export type Queries = ReturnType<typeof queriesOf>

const atWindow = (query: string, window: Window): string => query.replaceAll(/\{\{ *\.window *\}\}/g, window)

/** In parentheses, unless it is a call and nothing else. */
function inOne(query: string): string {
  const call = /^\w+\s*\(/.exec(query)
  let depth = call ? 1 : 0
  let end = call ? call[0].length : 0
  for (; depth > 0 && end < query.length; end++) {
    if (query[end] === '(') depth++
    if (query[end] === ')') depth--
  }
  return call && end === query.length ? query : `(${query})`
}
