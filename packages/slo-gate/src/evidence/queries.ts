import { type Window, windowMinutes } from '@hourglass/slo/burn'
import { escapeRegex, type Matcher, withMatchers } from '@hourglass/slo/with-matchers'
import { byWindow } from '../verdict/windows'

/** Every question about a set of SLOs; each answers one series an SLO, told apart by `sloth_id`. */
export type Queries = ReturnType<typeof queriesFor>

/**
 * What is asked. Events are added up on a grid of our own from the recorded 5-minute rates, so that neither the interval of the rules nor a
 * changed label counts anything twice. `matchers` are those of the environment.
 */
export function queriesFor(ids: readonly string[], matchers: readonly Matcher[]) {
  const ofIds: Matcher = { label: 'sloth_id', operator: '=~', value: ids.map(escapeRegex).join('|') }
  const write = (expression: string) => withMatchers(expression, [...matchers, ofIds])
  const grid = (series: string, window: Window) => `(sum by (sloth_id) (${series}))[${window}:${stepOf(window)}s]`
  const sum = (series: string, window: Window) => write(`sum_over_time(${grid(series, window)}) * ${stepOf(window)}`)
  return {
    now: write('slo:sli_total:rate5m'),
    info: write('sloth_slo_info'),
    ratio: byWindow((window) => write(`slo:sli_error:ratio_rate${window}`)),
    /** When the value that is answered was made: an answer may be five minutes old. */
    ratioMadeAt: byWindow((window) => write(`timestamp(slo:sli_error:ratio_rate${window})`)),
    total: byWindow((window) => sum('slo:sli_total:rate5m', window)),
    bad: byWindow((window) => sum('slo:sli_bad:rate5m', window)),
    /**
     * Events that surely lie within: a 5-minute rate is of what was before it, and a point of the grid sees up to five minutes back. Asked
     * to tell a window without traffic from one whose ratio is missing.
     */
    inside: byWindow((window) => write(insideOf(window))),
    /** Points of the grid that have data. */
    seen: byWindow((window) => write(`count_over_time(${grid('slo:sli_total:rate5m', window)})`)),
    badOfHour: write(`sum_over_time(${grid('slo:sli_bad:rate5m', '1h')}) * ${stepOf('1h')}`),
  }
}

const edgeMinutes = 10

function insideOf(window: Window): string {
  const minutes = windowMinutes[window] - edgeMinutes
  const total = 'sum by (sloth_id) (slo:sli_total:rate5m)'
  return minutes > 0 ? `sum_over_time((${total})[${minutes}m:${stepOf(window)}s])` : total
}

/** Seconds between points of the grid. Rates are those of 5 minutes, so a coarser one than that would pass over events. */
const stepOf = (window: Window): number => (windowMinutes[window] <= 360 ? 60 : 300)

/** How many points a whole window has. */
export const pointsOf = (window: Window): number => (windowMinutes[window] * 60) / stepOf(window)
