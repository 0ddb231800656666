import type { Gradebook as Book } from '@hourglass/grading/model'
import { A, useParams, useSearchParams } from '@solidjs/router'
import { createMemo, Show } from 'solid-js'
import { api } from '../../lib/api'
import { formatDecimal, formatMarks } from '../../lib/format'
import { createAction, createLoader } from '../../lib/load'
import { saveFile, toFileName } from '../../lib/save-file'
import { t } from '../../messages/teaching'
import { Button } from '../../parts/button'
import { Empty } from '../../parts/empty'
import { Loaded } from '../../parts/loaded'
import { LongTable } from '../../parts/long-table'
import { ErrorNotice } from '../../parts/notice'
import { Page } from '../../parts/page'
import { type Column, type Sorting, sortByColumn } from '../../parts/table-column'
import type { SchoolClass } from '../exams/class-types'
import '../exams/exams.css'
import { examPath } from '../exams/paths'

type Student = Book['students'][number]

/** A class's students and their final mark in each of its exams, by each exam's own grading method. */
export default function Gradebook() {
  const params = useParams<{ classId: string }>()
  const [search, setSearch] = useSearchParams<{ sort?: string; order?: string }>()
  const room = createLoader(
    () => params.classId,
    (id, signal) => api.get<SchoolClass>(`/api/classes/${id}`, { signal }),
  )
  const book = createLoader(
    () => params.classId,
    (id, signal) => api.get<Book>(`/api/results/gradebook?classId=${id}`, { signal }),
  )
  const download = createAction()
  const columns = createMemo(() => {
    const loaded = book.data()
    return loaded ? gradebookColumns(loaded) : []
  })
  const sorting = (): Sorting => ({ column: search.sort ?? 'name', isDescending: search.order === 'desc' })
  const save = () =>
    download.run(async () => {
      const path = `/api/results/gradebook?classId=${params.classId}&format=csv`
      const csv = await api.download(path, { headers: { accept: 'text/csv' } })
      saveFile(csv, `${toFileName(room.data()?.name ?? 'class')}-gradebook.csv`)
    })
  const title = () => {
    const name = room.data()?.name
    return name ? t('gradebook.titleOf', { name }) : t('gradebook.title')
  }
  return (
    <Page
      title={title()}
      lead={t('gradebook.lead')}
      actions={
        <Button
          icon="download"
          busy={download.isBusy()}
          disabled={(book.data()?.students.length ?? 0) === 0}
          onClick={() => void save()}
        >
          {t('results.saveGradebook')}
        </Button>
      }
    >
      <Show when={download.error()}>{(error) => <ErrorNotice error={error()} title={t('results.notSaved')} />}</Show>
      <Loaded of={book}>
        {(loaded) => (
          <Show
            when={loaded().exams.length > 0 && loaded().students.length > 0}
            fallback={
              <Empty title={t('gradebook.empty')} icon="list">
                <p>{t('gradebook.emptyText')}</p>
              </Empty>
            }
          >
            <LongTable
              caption={title()}
              columns={columns()}
              rows={sortByColumn(loaded().students, columns(), sorting())}
              sorting={sorting()}
              onSort={({ column, isDescending }) =>
                setSearch({ sort: column, order: isDescending ? 'desc' : null }, { replace: true })
              }
            />
            <ul class="changes">
              {loaded().exams.map(({ examId, title: name, gradingMethod }) => (
                <li>
                  <A href={examPath(examId, 'results')}>{name}</A>
                  <span class="soft">
                    {' '}
                    · {t(`gradingMethod.${gradingMethod as 'highest' | 'average' | 'first' | 'last'}`)}
                  </span>
                </li>
              ))}
            </ul>
            <p class="soft small">{t('gradebook.notFinal')}</p>
          </Show>
        )}
      </Loaded>
    </Page>
  )
}

const gradebookColumns = ({ exams }: Book): Column<Student>[] => [
  {
    id: 'name',
    header: t('times.student'),
    isRowHeader: true,
    sortBy: ({ name }) => name,
    cell: ({ name }) => name || t('times.unknown'),
  },
  ...exams.map(
    ({ examId, title, maxMarks }, index): Column<Student> => ({
      id: examId,
      header: maxMarks ? t('gradebook.column', { title, max: formatDecimal(maxMarks) }) : title,
      isNumeric: true,
      sortBy: ({ results }) => Number(results[index]?.percent ?? -1),
      cell: ({ results }) => <Cell result={results[index]} />,
    }),
  ),
]

const Cell = (props: { result: Student['results'][number] | undefined }) => (
  <Show when={props.result?.marks} fallback={<span class="soft">{(props.result?.attempts ?? 0) > 0 ? '…' : '–'}</span>}>
    {(marks) => (
      <>
        <span title={formatDecimal(marks())}>{formatMarks(marks())}</span>
        <Show when={props.result?.percent}>
          {(percent) => <span class="soft"> · {t('results.percentValue', { value: formatDecimal(percent()) })}</span>}
        </Show>
        <Show when={!props.result?.isFinal}>
          <span title={t('gradebook.notFinal')}>*</span>
        </Show>
      </>
    )}
  </Show>
)
