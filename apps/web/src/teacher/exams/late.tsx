import { A } from '@solidjs/router'
import { Show } from 'solid-js'
import { api } from '../../lib/api'
import { formatClockTime, formatDuration } from '../../lib/format'
import { createAction, createLoader, keepFresh, listAll } from '../../lib/load'
import { shorten, toPlainText } from '../../lib/plain-text'
import { t } from '../../messages/teaching'
import { Button } from '../../parts/button'
import { Empty } from '../../parts/empty'
import { Loaded } from '../../parts/loaded'
import { ErrorNotice } from '../../parts/notice'
import { type Column, Table } from '../../parts/table'
import { Tag } from '../../parts/tag'
import { ResponseView } from '../results/response/response-view'
import type { LateArrival } from './exam-types'
import { ExamPart, useExam } from './frame'
import { resultPath } from './paths'
import './times.css'

const refreshMs = 10_000

/** Answers that came after the end and the grace: kept, not graded, and the teacher's to take in. */
export default function Late() {
  const { exam } = useExam()
  const loader = createLoader(
    () => exam().examId,
    (id, signal) => listAll<LateArrival>(`/api/exams/${id}/late`, signal),
  )
  keepFresh(loader, refreshMs)
  const action = createAction()
  const accept = (late: LateArrival) =>
    action.run(async () => {
      await api.post(`/api/attempts/${late.attemptId}/late/${late.lateId}/accept`)
      await loader.reload()
    })
  return (
    <ExamPart title={t('late.title')} lead={t('late.lead')}>
      <Show when={action.error()}>{(error) => <ErrorNotice error={error()} title={t('late.notAccepted')} />}</Show>
      <Loaded of={loader}>
        {(rows) => (
          <Table
            caption={t('late.title')}
            columns={columns(exam().examId, action.isBusy, (late) => void accept(late))}
            rows={rows()}
            filterText={({ name }) => name}
            empty={
              <Empty title={t('late.empty')} icon="check-circle">
                <p>{t('late.emptyText')}</p>
              </Empty>
            }
          />
        )}
      </Loaded>
    </ExamPart>
  )
}

/** How long after the end it was sent, by the sender's word, and how long after it arrived. */
function lateness({ sentAt, receivedAt, endedAt }: LateArrival): string {
  if (endedAt === null) return ''
  const after = (at: string) => formatDuration(Math.max(0, Math.round((Date.parse(at) - Date.parse(endedAt)) / 1_000)))
  const arrived = t('late.arrivedAfter', { time: after(receivedAt) })
  if (sentAt === null) return arrived
  const sent = sentAt <= endedAt ? t('late.sentBefore') : t('late.sentAfter', { time: after(sentAt) })
  return `${arrived} ${sent}`
}

const columns = (
  examId: string,
  isBusy: () => boolean,
  onAccept: (late: LateArrival) => void,
): Column<LateArrival>[] => [
  {
    id: 'name',
    header: t('times.student'),
    isRowHeader: true,
    sortBy: ({ name }) => name,
    cell: ({ name, attemptId }) => <A href={resultPath(examId, attemptId)}>{name}</A>,
  },
  {
    id: 'answer',
    header: t('late.answer'),
    cell: ({ response, question, number }) => (
      <div class="stack-tight">
        <strong>{t('attempt.question', { number: number ?? '' })}</strong>
        <Show when={question}>{(asked) => <span class="soft small">{shorten(toPlainText(asked().html))}</span>}</Show>
        <ResponseView response={response} question={question && { ...question, questionId: question.id, number }} />
      </div>
    ),
  },
  {
    id: 'received',
    header: t('late.received'),
    sortBy: ({ receivedAt }) => receivedAt,
    cell: (late) => (
      <span class="stack-tight because">
        <time datetime={late.receivedAt} title={late.receivedAt}>
          {formatClockTime(late.receivedAt)}
        </time>
        <span class="soft small">{lateness(late)}</span>
      </span>
    ),
  },
  {
    id: 'accept',
    header: t('late.decision'),
    sortBy: ({ acceptedAt }) => acceptedAt ?? '',
    cell: (late) => (
      <Show
        when={late.acceptedAt === null}
        fallback={
          <Tag meaning="stored" icon="check">
            {t('late.accepted')}
          </Tag>
        }
      >
        <Button
          size="small"
          busy={isBusy()}
          aria-label={t('late.acceptOf', { name: late.name })}
          onClick={() => onAccept(late)}
        >
          {t('late.accept')}
        </Button>
      </Show>
    ),
  },
]
