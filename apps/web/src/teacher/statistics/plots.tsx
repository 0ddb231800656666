import type { Statistics as Figures } from '@hourglass/grading/model'
import { createMemo, Show } from 'solid-js'
import { formatDecimal } from '../../lib/format'
import { t } from '../../messages/teaching'
import { Notice } from '../../parts/notice'
import { Histogram, Scatter } from '../../parts/plot'
import { round } from './figure-words'

/** How the marks are spread, and which questions told strong from weak students; each with its finding in words. */
export function Plots(props: { figures: Figures }) {
  const points = createMemo(() =>
    props.figures.questions.flatMap(({ number, facility, discriminationIndex }) =>
      facility === null || discriminationIndex === null
        ? []
        : [{ label: String(number), x: Math.round(facility * 100), y: Math.round(discriminationIndex) }],
    ),
  )
  const middle = () => {
    const { mean, standardDeviation } = props.figures.totals
    return standardDeviation === null
      ? t('plot.histogramOne', { mean: round(mean, 1) })
      : t('plot.histogramFinding', { mean: round(mean, 1), sd: round(standardDeviation, 1) })
  }
  const separating = () => {
    const strong = points().filter(({ y }) => y >= 30).length
    const weak = points()
      .filter(({ y }) => y < 0)
      .map(({ label }) => label)
    const finding = t('plot.scatterFinding', { strong, total: points().length })
    return [
      finding,
      ...(weak.length > 0 ? [t('plot.scatterNegative', { numbers: weak.join(', ') })] : []),
      ...(props.figures.isTooFew ? [t('plot.hint')] : []),
    ].join(' ')
  }
  return (
    <div class="plots">
      <Histogram
        title={t('plot.histogram')}
        finding={middle()}
        xLabel={t('plot.marksOf', { max: formatDecimal(props.figures.maxMarks) })}
        yLabel={t('plot.students')}
        bins={props.figures.histogram}
      />
      <Show when={points().length > 0} fallback={<TooFewForPlot />}>
        <Scatter
          title={t('plot.scatter')}
          finding={separating()}
          xLabel={t('plot.facility')}
          yLabel={t('plot.discrimination')}
          nameHeader={t('plot.question')}
          points={points()}
        />
      </Show>
    </div>
  )
}

const TooFewForPlot = () => (
  <figure class="stack">
    <h3>{t('plot.scatter')}</h3>
    <Notice meaning="attention">
      <p>{t('plot.scatterNone')}</p>
    </Notice>
  </figure>
)
