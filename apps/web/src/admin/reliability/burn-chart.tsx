import { formatNumber } from '../../lib/format'
import { t } from '../../messages/reliability'
import { Columns } from '../../parts/plot-columns'
import { burnWords, formatBurn, formatShare, type Report, type Window } from './words'

/** 1 is the pace at which the budget lasts just 30 days; the others are those at which somebody is told. */
const ticks = [0, 1, 3, 6, 14.4, 50, 200, 1_000]

/** The burn rate of a promise in each window, with the rates above which somebody is told. */
export function BurnChart(props: { of: Report }) {
  return (
    <Columns
      title={t('burn.title')}
      finding={burnWords(props.of)}
      xLabel={t('burn.x')}
      yLabel={t('burn.y')}
      ticks={ticks}
      columns={props.of.windows.map(({ window, burnRate, thresholds }) => ({
        label: t(`window.${window}`),
        value: burnRate,
        marks: thresholds.map((threshold) => threshold.burnRate),
      }))}
      head={[t('burn.window'), t('burn.rate'), t('burn.limit'), t('burn.events'), t('burn.coverage')]}
      rows={props.of.windows.map(rowOf)}
    />
  )
}

const rowOf = ({ window, burnRate, thresholds, total, bad, coverage }: Window): string[] => [
  t(`window.${window}`),
  burnRate === null ? t('burn.noEvents') : formatBurn(burnRate),
  thresholds.map((threshold) => formatBurn(threshold.burnRate)).join(' · '),
  `${formatNumber(bad)} / ${formatNumber(total)}`,
  formatShare(coverage, coverage < 0.01 ? 2 : 0),
]
