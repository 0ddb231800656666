import { For, Show } from 'solid-js'
import { api } from '../../lib/api'
import { formatClockTime, formatDateTime, formatFullTime } from '../../lib/format'
import { createLoader, listAll } from '../../lib/load'
import { t } from '../../messages/teaching'
import { Button } from '../../parts/button'
import { Empty } from '../../parts/empty'
import { Loaded } from '../../parts/loaded'
import { Notice } from '../../parts/notice'
import { type Column, Table } from '../../parts/table'
import { actionWords, detailName, detailValue } from './audit-words'
import type { AttemptLine, AuditItem } from './exam-types'
import { ExamPart, useExam } from './frame'
import './live/live.css'

type Trail = { items: AuditItem[]; brokenAt: number | null; next: string | null }

/** Everything that anybody did with the exam, in order, and the word on whether the chain of it is whole. */
export default function Audit() {
  const { exam } = useExam()
  const id = () => exam().examId
  const trail = createLoader(id, readTrail)
  const attempts = createLoader(id, (examId, signal) => listAll<AttemptLine>(`/api/exams/${examId}/attempts`, signal))
  const nameOf = (attemptId: string | null) =>
    attempts.data()?.find((attempt) => attempt.attemptId === attemptId)?.name ?? ''
  return (
    <ExamPart
      title={t('audit.title')}
      lead={t('audit.lead')}
      actions={
        <Button busy={trail.isLoading()} onClick={() => void trail.reload()}>
          {t('audit.refresh')}
        </Button>
      }
    >
      <Loaded of={trail}>
        {(loaded) => (
          <>
            <Show
              when={loaded().brokenAt === null}
              fallback={
                <Notice meaning="error" role="alert" title={t('audit.broken')}>
                  <p>{t('audit.brokenText', { number: loaded().brokenAt ?? 0 })}</p>
                </Notice>
              }
            >
              <Notice meaning="stored">
                <p>{t('audit.whole', { count: loaded().items.length })}</p>
              </Notice>
            </Show>
            <Table
              caption={t('audit.title')}
              columns={columns(nameOf)}
              rows={loaded().items}
              sorting={{ column: 'number', isDescending: true }}
              filterText={(item) => `${actionWords(item.action)} ${item.actorName ?? ''} ${nameOf(item.attemptId)}`}
              empty={
                <Empty title={t('audit.empty')}>
                  <p>{t('audit.emptyText')}</p>
                </Empty>
              }
            />
          </>
        )}
      </Loaded>
    </ExamPart>
  )
}

async function readTrail(examId: string, signal: AbortSignal): Promise<Trail> {
  const items: AuditItem[] = []
  let [next, brokenAt]: [string | null, number | null] = [null, null]
  do {
    const cursor = next === null ? '' : `&cursor=${encodeURIComponent(next)}`
    const page: Trail = await api.get<Trail>(`/api/exams/${examId}/audit?limit=200${cursor}`, { signal })
    items.push(...page.items)
    ;[next, brokenAt] = [page.next, page.brokenAt]
  } while (next !== null)
  return { items, brokenAt, next }
}

const columns = (nameOf: (attemptId: string | null) => string): Column<AuditItem>[] => [
  {
    id: 'number',
    header: t('audit.number'),
    isNumeric: true,
    sortBy: ({ number }) => number,
    cell: ({ number }) => number,
  },
  {
    id: 'at',
    header: t('audit.at'),
    sortBy: ({ at }) => at,
    cell: ({ at }) => (
      <time datetime={at} title={formatFullTime(at)} class="stack-tight moment">
        <span>{formatDateTime(at)}</span>
        <span class="soft small">{formatClockTime(at)}</span>
      </time>
    ),
  },
  {
    id: 'who',
    header: t('audit.who'),
    sortBy: ({ actorName }) => actorName ?? '',
    cell: ({ actorName, actorId }) => actorName ?? (actorId === null ? t('audit.server') : t('times.unknown')),
  },
  {
    id: 'action',
    header: t('audit.action'),
    isRowHeader: true,
    sortBy: ({ action }) => actionWords(action),
    cell: ({ action, attemptId }) => (
      <span class="stack-tight audit-action">
        {actionWords(action)}
        <Show when={nameOf(attemptId)}>{(name) => <span class="soft small exam-class">{name()}</span>}</Show>
      </span>
    ),
  },
  {
    id: 'details',
    header: t('audit.details'),
    cell: ({ details }) => (
      <span class="soft small audit-details">
        <For each={Object.entries(details).filter(([, value]) => value !== '' && value !== null)}>
          {([name, value], index) => `${index() > 0 ? '; ' : ''}${detailName(name)}: ${detailValue(name, value)}`}
        </For>
      </span>
    ),
  },
]
