import type { CorrectableQuestion, RegradePage } from '@hourglass/grading/model'
import { For, Show } from 'solid-js'
import { formatDecimal } from '../../lib/format'
import { createLoader } from '../../lib/load'
import { shorten, toPlainText } from '../../lib/plain-text'
import { t } from '../../messages/teaching'
import { ButtonLink } from '../../parts/button'
import { Empty } from '../../parts/empty'
import { Loaded } from '../../parts/loaded'
import { type Column, Table } from '../../parts/table'
import { Tag } from '../../parts/tag'
import { ExamPart, useExam } from '../exams/frame'
import { correctPath } from '../exams/paths'
import { RightAnswerText } from '../results/response/right-answer'
import '../results/response/response.css'
import '../results/results.css'
import { History } from './history'
import { loadCorrections } from './load'

/** Every question as it is marked now, the way to correct it, and what was corrected by whom and why. */
export default function Corrections() {
  const { exam } = useExam()
  const loader = createLoader(() => exam().examId, loadCorrections)
  return (
    <ExamPart title={t('corrections.title')} lead={t('corrections.lead')}>
      <Loaded of={loader}>
        {(page) => (
          <>
            <Questions examId={exam().examId} page={page()} />
            <History page={page()} onChanged={() => void loader.reload()} />
          </>
        )}
      </Loaded>
    </ExamPart>
  )
}

const Questions = (props: { examId: string; page: RegradePage }) => (
  <section class="stack">
    <h3>{t('corrections.questions')}</h3>
    <Table
      caption={t('corrections.questions')}
      columns={columns(props.examId)}
      rows={props.page.questions}
      filterText={({ html }) => toPlainText(html)}
      empty={
        <Empty title={t('corrections.none')} icon="list">
          <p>{t('corrections.noneText')}</p>
        </Empty>
      }
    />
  </section>
)

const columns = (examId: string): Column<CorrectableQuestion>[] => [
  {
    id: 'number',
    header: t('plot.question'),
    isNumeric: true,
    sortBy: ({ number }) => number ?? 0,
    cell: ({ number }) => number,
  },
  {
    id: 'text',
    header: t('corrections.text'),
    isRowHeader: true,
    cell: ({ html, corrections }) => (
      <span class="stack-tight question-text">
        <span dir="auto">{shorten(toPlainText(html))}</span>
        <span class="row">
          <For each={corrections}>
            {({ mode }) => (
              <Tag meaning="attention" icon="warning">
                {t(`correction.${mode}`)}
              </Tag>
            )}
          </For>
        </span>
      </span>
    ),
  },
  {
    id: 'right',
    header: t('corrections.right'),
    cell: (question) => (
      <Show when={question.rightAnswer} fallback={<span class="soft">{t('corrections.byHand')}</span>}>
        {(right) => <RightAnswerText right={right()} question={question} />}
      </Show>
    ),
  },
  {
    id: 'marks',
    header: t('results.marks'),
    isNumeric: true,
    sortBy: ({ maxMarks }) => Number(maxMarks),
    cell: ({ maxMarks }) => formatDecimal(maxMarks),
  },
  {
    id: 'correct',
    header: t('corrections.correct'),
    cell: ({ questionId, number }) => (
      <ButtonLink
        size="small"
        href={correctPath(examId, questionId)}
        aria-label={t('corrections.correctOf', { number: number ?? 0 })}
      >
        {t('corrections.correct')}
      </ButtonLink>
    ),
  },
]
