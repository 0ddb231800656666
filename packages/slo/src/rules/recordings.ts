import type { Window } from '../burn/burn'
import type { SlothRules } from '../sloth/generate'
import type { Slo } from '../spec/read'
import { idLabels, type Queries } from './queries'
import type { Recording } from './rule'

/** Raw, since what is recorded every minute lags behind: a page would come two minutes later. */
const raw: readonly Window[] = ['5m', '30m', '1h', '6h']
/** From what is recorded: a raw range of days reads every sample of every series, at every evaluation. */
const summed: readonly Window[] = ['2h', '1d', '3d', '30d']

/** What is recorded of an SLO, in the order in which one reads the other. */
export function recordingsOf(slo: Slo, sloth: SlothRules, queries: Queries): Recording[] {
  const { mends, bad, total, positive, recorded, coverage, ratio, series } = queries
  const labels = { ...idLabels(slo), ...(mends('relabelled') ? {} : slo.labels) }
  const record = (name: string, expr: string, more = {}): Recording => ({
    record: name,
    expr,
    labels: { ...labels, ...more },
  })
  const recordRatio = (window: Window, expr: string) =>
    record(`slo:sli_error:ratio_rate${window}`, expr, { sloth_window: window })
  const fromRaw = (window: Window) => `(${bad(window)})\n/ ${positive(total(window))}`
  const fromRecorded = (window: Window) => `${recorded('bad', window)}\n/ ${positive(recorded('total', window))}`
  const ofSloth = (name: string): Recording => {
    const found = sloth.recordings.get(name)
    if (!found) throw new Error(`Sloth has made no ${name} of ${slo.id}`)
    return found
  }
  const month = mends('weight') ? fromRecorded('30d') : ofSloth('slo:sli_error:ratio_rate30d').expr
  const covered = mends('young') ? ` * max(${series('slo:period_coverage:ratio')})` : ''
  const info = ofSloth('sloth_slo_info')
  return [
    record('slo:sli_total:rate5m', total('5m')),
    record('slo:sli_bad:rate5m', bad('5m')),
    ...raw.map((window) => recordRatio(window, fromRaw(window))),
    ...summed.map((window) => recordRatio(window, window === '30d' ? month : fromRecorded(window))),
    record('slo:error_budget:ratio', `vector(${slo.budget})`),
    record('slo:current_burn_rate:ratio', `${ratio('5m')} / ${slo.budget}`),
    record('slo:period_coverage:ratio', coverage('30d')),
    record('slo:period_error_budget_remaining:ratio', `1 - ${ratio('30d')}${covered} / ${slo.budget}`),
    { ...info, labels: { ...info.labels, ...slo.labels, spec_hash: slo.specHash } },
  ].map((rule) => ({ ...rule, expr: rule.expr.trim() }))
}
