import { type BurnPair, burnPairs, periodDays, thresholdOf, type Window } from '../burn/burn'
import type { SlothRules } from '../sloth/generate'
import type { Slo } from '../spec/read'
import { idLabels, type Queries } from './queries'
import type { Alert } from './rule'
import { type Words, wordsOf } from './words'

/** For so many hours traffic that has vanished is missed; longer than an alert of it can lie. */
const missedFor = '1d'

/**
 * An alert for each pair of windows, so that the fast one can end when it should and keep the slow one back, and one for traffic that
 * vanishes. A pair that would need more bad events than there are events is left out: it could never fire.
 */
export function alertsOf(slo: Slo, sloth: SlothRules, queries: Queries): Alert[] {
  const pairs = burnPairs.filter((pair) => sloth[pair.severity] && thresholdOf(pair, slo.budget) < 1)
  const burning = pairs.flatMap((pair) => {
    const own = sloth[pair.severity]
    return own ? [burnAlert(slo, own, pair, queries)] : []
  })
  return queries.mends('vanished') && burning.length > 0
    ? [...burning, vanishedAlert(slo, wordsOf(slo), queries)]
    : burning
}

type OfSloth = NonNullable<SlothRules['page']>

function burnAlert(slo: Slo, { alert, labels }: OfSloth, pair: BurnPair, queries: Queries): Alert {
  const { mends, ratio, coverage, badEvents } = queries
  const { severity, speed, factor, long, short } = pair
  const words = wordsOf(slo, severity)
  // What came before a service was there counts as clean, so that it is judged as it would be with a history.
  const lasting = `${ratio(long)}${mends('young') ? ` * ${coverage(long)}` : ''}`
  const both = `${ratio(short)} / ${slo.budget} > ${factor}\nand ${lasting} / ${slo.budget} > ${factor}`
  const guard = mends('few') ? `\nand ${badEvents(long)} >= ${words.minBadEvents}` : ''
  const { sloth_severity: _, ...own } = labels
  return {
    alert,
    expr: `${both}${guard}`,
    labels: { ...slo.labels, ...own, ...idLabels(slo), severity, service: slo.service, burn: speed },
    annotations: {
      summary: `${words.summary.replace(/\.$/, '')}: the budget burns {{ $value | printf "%.1f" }} times too fast`,
      description: [words.whoFeels, budgetWords(queries, pair), contributorWords(words)].join(' '),
      runbook_url: words.runbookUrl,
      dashboard_url: words.dashboardUrl,
    },
  }
}

/** Both are asked when the alert fires. A query that answers nothing says so: a text that fails would keep the alert’s words away. */
function budgetWords({ series }: Queries, { long }: BurnPair): string {
  const left = series('slo:period_error_budget_remaining:ratio')
  const burn = `(${series(`slo:sli_error:ratio_rate${long}`)} / on (sloth_id) ${series('slo:error_budget:ratio')})`
  const hours = `clamp_min(${left}, 0) * ${periodDays * 24} / on (sloth_id) (${burn} > 0)`
  return [
    `Left of the budget of ${periodDays} days: ${ask(left, 'humanizePercentage')}.`,
    `At the rate of the last ${lastWords[long] ?? long} it is empty in ${ask(hours, 'printf "%.1f"')} h.`,
  ].join(' ')
}

const lastWords: Partial<Record<Window, string>> = { '1h': 'hour', '6h': '6 hours', '1d': 'day', '3d': '3 days' }

const ask = (query: string, format: string): string =>
  `{{ with query \`${query}\` }}{{ . | first | value | ${format} }}{{ else }}(unknown){{ end }}`

const contributorWords = ({ contributors }: Words): string =>
  [
    `Most of it:{{ range query \`${contributors.replaceAll(/\s+/g, ' ')}\` }}`,
    '{{ range .Labels }} {{ . }}{{ end }} ({{ .Value | printf "%.2f" }}/s){{ else }} nothing in the last 5 minutes{{ end }}.',
  ].join('')

/** Fires 2 minutes after the last rate is gone, which is 5 minutes after the last sample, and does not forget for a day. */
function vanishedAlert(slo: Slo, words: Words, { series }: Queries): Alert {
  const total = (range = '') => series('slo:sli_total:rate5m', range)
  return {
    alert: 'SliVanished',
    expr: `max(max_over_time(${total(`[${missedFor}]`)})) > 0\nunless max(${total()})`,
    for: '2m',
    labels: { ...slo.labels, ...idLabels(slo), severity: 'page', about: 'availability', service: slo.service },
    annotations: {
      summary: `Nothing is known any more of ${slo.id}`,
      description: `${words.whoFeels} Or nothing of this: there are no figures, and no alert on this promise can fire until there are.`,
      runbook_url: 'docs/runbooks/sli-vanished.md',
      dashboard_url: words.dashboardUrl,
    },
  }
}
