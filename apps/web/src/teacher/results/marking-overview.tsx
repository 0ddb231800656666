import { A } from '@solidjs/router'
import { createLoader } from '../../lib/load'
import { t } from '../../messages/teaching'
import { Empty } from '../../parts/empty'
import { Loaded } from '../../parts/loaded'
import { Page } from '../../parts/page'
import { type Column, Table } from '../../parts/table'
import { type ExamLine, loadExamLines } from '../exams/load-exams'
import { examPath } from '../exams/paths'

/** Every exam that has answers for a person to read. */
export default function MarkingOverview() {
  const lines = createLoader(
    () => 'marking',
    async (_, signal) => (await loadExamLines(signal)).filter(({ counts }) => (counts?.needsMarking ?? 0) > 0),
  )
  return (
    <Page title={t('marking.title')} lead={t('marking.overviewLead')}>
      <Loaded of={lines}>
        {(loaded) => (
          <Table
            caption={t('marking.title')}
            columns={columns()}
            rows={loaded()}
            sorting={{ column: 'waiting', isDescending: true }}
            empty={
              <Empty title={t('marking.nothing')} icon="check-circle">
                <p>{t('marking.nothingText')}</p>
              </Empty>
            }
          />
        )}
      </Loaded>
    </Page>
  )
}

const columns = (): Column<ExamLine>[] => [
  {
    id: 'title',
    header: t('exams.column.title'),
    isRowHeader: true,
    sortBy: ({ exam }) => exam.title,
    cell: ({ exam }) => <A href={examPath(exam.examId, 'marking')}>{exam.title}</A>,
  },
  {
    id: 'class',
    header: t('form.class'),
    sortBy: ({ exam }) => exam.className ?? '',
    cell: ({ exam }) => exam.className,
  },
  {
    id: 'waiting',
    header: t('marking.waiting'),
    isNumeric: true,
    sortBy: ({ counts }) => counts?.needsMarking ?? 0,
    cell: ({ counts }) => counts?.needsMarking ?? 0,
  },
  {
    id: 'marked',
    header: t('overview.marked'),
    isNumeric: true,
    sortBy: ({ release }) => release?.complete ?? 0,
    cell: ({ release }) => release?.complete ?? 0,
  },
]
