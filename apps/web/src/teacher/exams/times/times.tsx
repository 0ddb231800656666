import type { Override } from '@hourglass/exams/model'
import { createSignal, Show } from 'solid-js'
import { createLoader, listAll } from '../../../lib/load'
import { t } from '../../../messages/teaching'
import { Button } from '../../../parts/button'
import { Empty } from '../../../parts/empty'
import { Loaded } from '../../../parts/loaded'
import { Table } from '../../../parts/table'
import type { AttemptLine, StudentTimes } from '../exam-types'
import { ExamPart, useExam } from '../frame'
import { OverrideDialog } from './override-dialog'
import { Overrides } from './overrides'
import { RemoveDialog } from './remove-dialog'
import { timeColumns } from './time-columns'
import '../times.css'

type Opened =
  | { kind: 'edit'; override: Override | null; personId: string | null }
  | { kind: 'remove'; override: Override }

/** Who gets what time and why, with the rule that won; and the exceptions behind it. */
export default function Times() {
  const { exam } = useExam()
  const id = () => exam().examId
  const [opened, setOpened] = createSignal<Opened | null>(null)
  const students = createLoader(id, (examId, signal) => listAll<StudentTimes>(`/api/exams/${examId}/times`, signal))
  const overrides = createLoader(id, (examId, signal) => listAll<Override>(`/api/overrides?examId=${examId}`, signal))
  const attempts = createLoader(id, (examId, signal) => listAll<AttemptLine>(`/api/exams/${examId}/attempts`, signal))
  const refresh = () => {
    setOpened(null)
    void students.reload()
    void overrides.reload()
  }
  const edit = (override: Override | null, personId: string | null = null) =>
    setOpened({ kind: 'edit', override, personId })
  const overrideOf = (personId: string) => overrides.data()?.find((override) => override.personId === personId) ?? null
  const nameOf = (override: Override) =>
    override.group ??
    students.data()?.find(({ personId }) => personId === override.personId)?.name ??
    t('times.unknown')
  const editing = () => {
    const now = opened()
    return now?.kind === 'edit' ? now : null
  }
  const removing = () => {
    const now = opened()
    return now?.kind === 'remove' ? now.override : null
  }
  return (
    <ExamPart
      title={t('times.title')}
      lead={t('times.lead')}
      actions={
        <Button icon="plus" onClick={() => edit(null)} disabled={exam().isCancelled}>
          {t('override.new')}
        </Button>
      }
    >
      <Loaded of={students}>
        {(loaded) => (
          <Table
            caption={t('times.title')}
            columns={timeColumns((row) => edit(overrideOf(row.personId), row.personId))}
            rows={loaded()}
            filterText={(row) => `${row.name} ${row.groups.join(' ')}`}
            sorting={{ column: 'name', isDescending: false }}
            empty={
              <Empty title={t('times.empty')} icon="person">
                <p>{t('times.emptyHow')}</p>
              </Empty>
            }
          />
        )}
      </Loaded>
      <Overrides
        of={overrides}
        nameOf={nameOf}
        onEdit={edit}
        onRemove={(override) => setOpened({ kind: 'remove', override })}
      />
      <Show when={editing()}>
        {(now) => (
          <OverrideDialog
            examId={id()}
            students={students.data() ?? []}
            attempts={attempts.data() ?? []}
            override={now().override}
            personId={now().personId}
            onClose={() => setOpened(null)}
            onSaved={refresh}
          />
        )}
      </Show>
      <Show when={removing()}>
        {(override) => (
          <RemoveDialog
            override={override()}
            name={nameOf(override())}
            onClose={() => setOpened(null)}
            onRemoved={refresh}
          />
        )}
      </Show>
    </ExamPart>
  )
}
