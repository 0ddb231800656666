import type { Statistics as Figures } from '@hourglass/grading/model'
import { For, Show } from 'solid-js'
import { formatDecimal } from '../../lib/format'
import { t } from '../../messages/teaching'
import { Tag } from '../../parts/tag'
import { percentWords, round } from './figure-words'

/** The exam as a whole, each figure with what it means. */
export function Totals(props: { figures: Figures }) {
  const totals = () => props.figures.totals
  const rows = () =>
    [
      { name: 'mean', value: round(totals().mean) },
      { name: 'median', value: round(totals().median) },
      { name: 'standardDeviation', value: round(totals().standardDeviation) },
      {
        name: 'range',
        value: t('statistics.rangeValue', { low: round(totals().lowest), high: round(totals().highest) }),
      },
      { name: 'skewness', value: round(totals().skewness) },
      { name: 'kurtosis', value: round(totals().kurtosis) },
      { name: 'internalConsistency', value: percentWords(totals().internalConsistency) },
      { name: 'errorRatio', value: percentWords(totals().errorRatio) },
      { name: 'standardError', value: round(totals().standardError) },
    ] as const
  const isShaky = (name: string) =>
    props.figures.isTooFew &&
    ['skewness', 'kurtosis', 'internalConsistency', 'errorRatio', 'standardError'].includes(name)
  return (
    <section class="stack">
      <h3>{t('statistics.totals')}</h3>
      <p class="soft">
        {t('statistics.size', { count: props.figures.size })}{' '}
        {t('statistics.outOf', { max: formatDecimal(props.figures.maxMarks) })}{' '}
        {props.figures.unmarked > 0 ? t('statistics.unmarked', { count: props.figures.unmarked }) : ''}
      </p>
      <dl class="totals">
        <For each={rows()}>
          {(row) => (
            <div>
              <dt>{t(`total.${row.name}`)}</dt>
              <dd>
                <span class="total-value figures">{row.value}</span>
                <Show when={isShaky(row.name)}>
                  <Tag meaning="attention" icon="warning">
                    {t('statistics.tooFew')}
                  </Tag>
                </Show>
                <span class="soft small">{t(`totalHint.${row.name}`)}</span>
              </dd>
            </div>
          )}
        </For>
      </dl>
    </section>
  )
}
