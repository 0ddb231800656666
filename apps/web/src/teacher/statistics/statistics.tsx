import type { Statistics as Figures, Finding, QuestionStatistics } from '@hourglass/grading/model'
import { useSearchParams } from '@solidjs/router'
import { createMemo, For, Show } from 'solid-js'
import { api } from '../../lib/api'
import { formatDecimal, formatNumber } from '../../lib/format'
import { createLoader } from '../../lib/load'
import { t } from '../../messages/teaching'
import { Empty } from '../../parts/empty'
import { Select } from '../../parts/field'
import { Html } from '../../parts/html'
import { Loaded } from '../../parts/loaded'
import { Notice } from '../../parts/notice'
import { Histogram, Scatter } from '../../parts/plot'
import { type Column, Table } from '../../parts/table'
import { Tag } from '../../parts/tag'
import { ExamPart, useExam } from '../exams/frame'
import '../exams/live.css'
import { numberGaps } from '../results/number-gaps'
import { findingWords } from './finding-words'
import { OptionThirds } from './option-thirds'
import '../results/results.css'
import './statistics.css'

const choices = ['first', 'last', 'highest', 'all'] as const
type Choice = (typeof choices)[number]

/** What the marks say of the exam and of each question: findings first, then the plots and figures behind them. */
export default function Statistics() {
  const { exam } = useExam()
  const [search, setSearch] = useSearchParams<{ attempts?: string }>()
  const choice = (): Choice => choices.find((each) => each === search.attempts) ?? 'first'
  const loader = createLoader(
    () => `${exam().examId}?attempts=${choice()}`,
    (path, signal) => api.get<Figures>(`/api/statistics/${path}`, { signal }),
  )
  return (
    <ExamPart
      title={t('statistics.title')}
      lead={t('statistics.lead')}
      actions={
        <Select
          label={t('statistics.attempts')}
          value={choice()}
          options={choices.map((value) => ({ value, label: t(`statistics.attempts.${value}`) }))}
          onChange={(value) => setSearch({ attempts: value === 'first' ? null : value }, { replace: true })}
        />
      }
    >
      <Loaded of={loader} skeleton="cards">
        {(figures) => (
          <Show
            when={figures().size > 0}
            fallback={
              <Empty title={t('statistics.empty')} icon="list">
                <p>
                  {figures().unmarked > 0
                    ? t('statistics.emptyUnmarked', { count: figures().unmarked })
                    : t('statistics.emptyText')}
                </p>
              </Empty>
            }
          >
            <Findings figures={figures()} />
            <Totals figures={figures()} />
            <Plots figures={figures()} />
            <Questions figures={figures()} />
          </Show>
        )}
      </Loaded>
    </ExamPart>
  )
}

/** Those of which more can be shown than figures: who chose what. */
const detailedQuestions = ({ questions }: Figures) =>
  questions.filter(({ options, answers }) => options.length > 0 || answers.length > 0)

const looks = {
  serious: { meaning: 'error', icon: 'error' },
  warning: { meaning: 'attention', icon: 'warning' },
  info: { meaning: 'neutral', icon: 'info' },
} as const

function Findings(props: { figures: Figures }) {
  const detailed = () => new Map(detailedQuestions(props.figures).map(({ questionId }) => [questionId, questionId]))
  return (
    <section class="stack">
      <h3>{t('statistics.findings')}</h3>
      <Show when={props.figures.findings.length > 0} fallback={<p class="soft">{t('statistics.noFindings')}</p>}>
        <ul class="finding-list">
          <For each={props.figures.findings}>
            {(finding) => (
              <li>
                <SeverityTag finding={finding} />
                <span>
                  <Show when={detailed().get(finding.questionId ?? '')} fallback={findingWords(finding, props.figures)}>
                    {(id) => <a href={`#question-${id()}`}>{findingWords(finding, props.figures)}</a>}
                  </Show>
                </span>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </section>
  )
}

const SeverityTag = (props: { finding: Finding }) => (
  <Tag meaning={looks[props.finding.severity].meaning} icon={looks[props.finding.severity].icon}>
    {t(`severity.${props.finding.severity}`)}
  </Tag>
)

const round = (value: number | null, places = 2): string =>
  value === null ? '–' : formatNumber(value, { maximumFractionDigits: places })
const percentWords = (value: number | null): string =>
  value === null ? '–' : formatNumber(value / 100, { style: 'percent', maximumFractionDigits: 1 })

function Totals(props: { figures: Figures }) {
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

function Plots(props: { figures: Figures }) {
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

function Questions(props: { figures: Figures }) {
  return (
    <section class="stack">
      <h3>{t('statistics.questions')}</h3>
      <Table
        caption={t('statistics.questions')}
        columns={questionColumns(props.figures)}
        rows={props.figures.questions}
        filterText={({ html, type }) => `${toText(html)} ${type}`}
      />
      <dl class="facts">
        <For each={['facility', 'discrimination', 'efficiency', 'weight'] as const}>
          {(name) => (
            <>
              <dt>{t(`question.${name}`)}</dt>
              <dd class="measure">{t(`questionHint.${name}`)}</dd>
            </>
          )}
        </For>
      </dl>
      <h3>{t('thirds.heading')}</h3>
      <p class="soft measure">{t('thirds.lead')}</p>
      <For each={detailedQuestions(props.figures)}>
        {(question) => (
          <article class="stack question-figures" id={`question-${question.questionId}`} tabIndex={-1}>
            <h4>{t('attempt.question', { number: question.number })}</h4>
            <Html html={numberGaps(question.html)} class="measure" />
            <Show when={question.options.length > 0} fallback={<Answers question={question} />}>
              <OptionThirds question={question} />
            </Show>
          </article>
        )}
      </For>
    </section>
  )
}

const questionColumns = ({ findings }: Figures): Column<QuestionStatistics>[] => [
  {
    id: 'number',
    header: t('plot.question'),
    isNumeric: true,
    sortBy: ({ number }) => number,
    cell: ({ number }) => number,
  },
  {
    id: 'text',
    header: t('statistics.text'),
    isRowHeader: true,
    cell: ({ html, questionId }) => (
      <span class="stack-tight question-text">
        <span>{shorten(toText(html))}</span>
        <span class="row">
          <For each={findings.filter((finding) => finding.questionId === questionId && finding.severity !== 'info')}>
            {(finding) => (
              <Tag meaning={looks[finding.severity].meaning} icon={looks[finding.severity].icon}>
                {t(`findingName.${finding.kind}`)}
              </Tag>
            )}
          </For>
        </span>
      </span>
    ),
  },
  {
    id: 'attempts',
    header: t('exams.column.attempts'),
    isNumeric: true,
    sortBy: ({ attempts }) => attempts,
    cell: ({ attempts, unanswered }) => (
      <span title={t('statistics.unanswered', { count: unanswered })}>{formatNumber(attempts)}</span>
    ),
  },
  {
    id: 'facility',
    header: t('question.facility'),
    isNumeric: true,
    sortBy: ({ facility }) => facility ?? -1,
    cell: ({ facility, facilityInterval }) => (
      <Estimate value={facility === null ? null : facility * 100} interval={scale(facilityInterval, 100)} />
    ),
  },
  {
    id: 'discrimination',
    header: t('question.discrimination'),
    isNumeric: true,
    sortBy: ({ discriminationIndex }) => discriminationIndex ?? -1_000,
    cell: ({ discriminationIndex, discriminationInterval }) => (
      <Estimate value={discriminationIndex} interval={discriminationInterval} />
    ),
  },
  {
    id: 'efficiency',
    header: t('question.efficiency'),
    isNumeric: true,
    sortBy: ({ discriminativeEfficiency }) => discriminativeEfficiency ?? -1_000,
    cell: ({ discriminativeEfficiency }) => percentWords(discriminativeEfficiency),
  },
  {
    id: 'weight',
    header: t('question.weight'),
    isNumeric: true,
    sortBy: ({ effectiveWeight }) => effectiveWeight ?? -1,
    cell: ({ effectiveWeight }) => percentWords(effectiveWeight),
  },
]

type Interval = { low: number; high: number } | null
const scale = (interval: Interval, factor: number): Interval =>
  interval === null ? null : { low: interval.low * factor, high: interval.high * factor }

/** A percentage and how sure it is. */
const Estimate = (props: { value: number | null; interval: Interval }) => (
  <span class="estimate">
    <span>{percentWords(props.value)}</span>
    <Show when={props.interval}>
      {(interval) => (
        <span class="soft small" title={t('statistics.interval')}>
          {t('statistics.intervalValue', { low: round(interval().low, 0), high: round(interval().high, 0) })}
        </span>
      )}
    </Show>
  </span>
)

const Answers = (props: { question: QuestionStatistics }) => (
  <Table
    caption={t('thirds.answers', { number: props.question.number })}
    isCaptionHidden={false}
    rows={props.question.answers}
    columns={[
      { id: 'text', header: t('thirds.answer'), isRowHeader: true, cell: ({ text }) => text || t('response.none') },
      { id: 'lower', header: t('thirds.lowerShort'), isNumeric: true, cell: ({ lower }) => lower },
      { id: 'middle', header: t('thirds.middleShort'), isNumeric: true, cell: ({ middle }) => middle },
      { id: 'upper', header: t('thirds.upperShort'), isNumeric: true, cell: ({ upper }) => upper },
      {
        id: 'count',
        header: t('thirds.all'),
        isNumeric: true,
        sortBy: ({ count }) => count,
        cell: ({ count }) => count,
      },
    ]}
  />
)

/** The text of sanitised HTML; a document of its own loads nothing and runs nothing. */
const toText = (html: string): string =>
  (new DOMParser().parseFromString(html, 'text/html').body.textContent ?? '').replace(/\s+/g, ' ').trim()
const shorten = (text: string): string => (text.length > 90 ? `${text.slice(0, 88)}…` : text)
