import type { Override } from '@hourglass/exams/model'
import { createSignal, For, type JSX, Show } from 'solid-js'
import { api } from '../../lib/api'
import { formatDuration } from '../../lib/format'
import { createAction, createLoader, listAll } from '../../lib/load'
import { returnFocus } from '../../lib/return-focus'
import { t } from '../../messages/teaching'
import { Button } from '../../parts/button'
import { Dialog } from '../../parts/dialog'
import { Empty } from '../../parts/empty'
import { Loaded } from '../../parts/loaded'
import { ErrorNotice } from '../../parts/notice'
import { type Column, Table } from '../../parts/table'
import { Tag } from '../../parts/tag'
import { Time } from '../../parts/time'
import type { AttemptLine, StudentTimes } from './exam-types'
import { ExamPart, useExam } from './frame'
import { OverrideDialog } from './override-dialog'
import './times.css'

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
            columns={columns((row) => edit(overrideOf(row.personId), row.personId))}
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
      <section class="stack">
        <h3>{t('override.title')}</h3>
        <Loaded of={overrides} lines={2}>
          {(list) => (
            <Show when={list().length > 0} fallback={<p class="soft">{t('override.empty')}</p>}>
              <ul class="override-list">
                <For each={list()}>
                  {(override) => (
                    <li class="row-apart">
                      <div class="stack-tight">
                        <span class="row">
                          <strong>{nameOf(override)}</strong>
                          <Show when={override.group !== null}>
                            <Tag>{t('override.group')}</Tag>
                          </Show>
                        </span>
                        <OverrideWords override={override} />
                        <Show when={override.reason}>
                          <span class="soft">{t('override.reason', { reason: override.reason })}</span>
                        </Show>
                      </div>
                      <span class="row">
                        <Button
                          size="small"
                          aria-label={t('override.changeOf', { name: nameOf(override) })}
                          onClick={() => edit(override)}
                        >
                          {t('override.changeShort')}
                        </Button>
                        <Button
                          size="small"
                          variant="danger"
                          aria-label={t('override.removeOf', { name: nameOf(override) })}
                          onClick={() => setOpened({ kind: 'remove', override })}
                        >
                          {t('override.removeShort')}
                        </Button>
                      </span>
                    </li>
                  )}
                </For>
              </ul>
            </Show>
          )}
        </Loaded>
      </section>
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

const columns = (onEdit: (row: StudentTimes) => void): Column<StudentTimes>[] => [
  {
    id: 'name',
    header: t('times.student'),
    isRowHeader: true,
    sortBy: ({ name }) => name,
    cell: (row) => (
      <span class="stack-tight because">
        <span>{row.name}</span>
        <Show when={row.groups.length > 0}>
          <span class="soft small exam-class">{row.groups.join(', ')}</span>
        </Show>
      </span>
    ),
  },
  {
    id: 'opens',
    header: t('exam.opens'),
    sortBy: ({ access }) => access.opensAt.value ?? '',
    cell: ({ access }) => <Because of={access.opensAt}>{moment(access.opensAt.value, t('exam.opens.always'))}</Because>,
  },
  {
    id: 'closes',
    header: t('exam.closes'),
    sortBy: ({ access }) => access.closesAt.value ?? '9',
    cell: ({ access }) => (
      <Because of={access.closesAt}>{moment(access.closesAt.value, t('exam.closes.never'))}</Because>
    ),
  },
  {
    id: 'limit',
    header: t('field.limitSeconds'),
    sortBy: ({ access }) => access.limitSeconds.value ?? Number.POSITIVE_INFINITY,
    cell: ({ access }) => (
      <Because of={access.limitSeconds}>
        {access.limitSeconds.value === null ? t('time.unlimited') : formatDuration(access.limitSeconds.value)}
      </Because>
    ),
  },
  {
    id: 'attempts',
    header: t('field.attemptsAllowed'),
    sortBy: ({ access }) => access.attemptsAllowed.value ?? Number.POSITIVE_INFINITY,
    cell: ({ access }) => (
      <Because of={access.attemptsAllowed}>{access.attemptsAllowed.value ?? t('value.any')}</Because>
    ),
  },
  {
    id: 'password',
    header: t('form.password'),
    cell: ({ access }) => (
      <Because of={access.needsPassword}>{t(access.needsPassword.value ? 'value.asked' : 'value.notAsked')}</Because>
    ),
  },
  {
    id: 'edit',
    header: t('times.exception'),
    cell: (row) => (
      <Button size="small" aria-label={t('override.changeOf', { name: row.name })} onClick={() => onEdit(row)}>
        {t('override.changeShort')}
      </Button>
    ),
  },
]

const moment = (at: string | null, none: string) => (at === null ? none : <Time at={at} show="absolute" />)

type Reason = StudentTimes['access']['opensAt']

/** A value, and below it the rule that won where it is not simply the exam's. */
function Because(props: { of: Omit<Reason, 'value'>; children: JSX.Element }) {
  const isOwn = () => props.of.rule !== 'exam' || props.of.accommodation !== null
  return (
    <span class="stack-tight because" classList={{ 'because-own': isOwn() }} title={props.of.why}>
      <span>{props.children}</span>
      <Show when={isOwn()}>
        <span class="soft small">{props.of.why}</span>
      </Show>
    </span>
  )
}

/** "Closes 11:30; 90 minutes" */
function OverrideWords(props: { override: Override }) {
  return (
    <span>
      <Show when={props.override.opensAt !== undefined}>
        {t('field.opensAt')}: {moment(props.override.opensAt ?? null, t('exam.opens.always'))}.{' '}
      </Show>
      <Show when={props.override.closesAt !== undefined}>
        {t('field.closesAt')}: {moment(props.override.closesAt ?? null, t('exam.closes.never'))}.{' '}
      </Show>
      <Show when={props.override.limitSeconds !== undefined}>
        {t('field.limitSeconds')}:{' '}
        {props.override.limitSeconds ? formatDuration(props.override.limitSeconds) : t('time.unlimited')}.{' '}
      </Show>
      <Show when={props.override.attemptsAllowed !== undefined}>
        {t('field.attemptsAllowed')}: {props.override.attemptsAllowed ?? t('value.any')}.{' '}
      </Show>
      <Show when={props.override.hasPassword !== undefined}>
        {t('form.password')}: {t(props.override.hasPassword ? 'value.set' : 'value.none')}.
      </Show>
    </span>
  )
}

function RemoveDialog(props: { override: Override; name: string; onClose: () => void; onRemoved: () => void }) {
  const action = createAction()
  returnFocus()
  const remove = async () => {
    if (await action.run(() => api.delete(`/api/overrides/${props.override.overrideId}`))) props.onRemoved()
  }
  return (
    <Dialog
      isOpen
      onClose={() => props.onClose()}
      title={t('override.removeTitle', { name: props.name })}
      actions={
        <>
          <Button variant="quiet" onClick={() => props.onClose()}>
            {t('edit.cancel')}
          </Button>
          <Button variant="danger" busy={action.isBusy()} onClick={() => void remove()}>
            {t('override.remove')}
          </Button>
        </>
      }
    >
      <p>{t('override.removeEffect')}</p>
      <Show when={action.error()}>{(error) => <ErrorNotice error={error()} />}</Show>
    </Dialog>
  )
}
