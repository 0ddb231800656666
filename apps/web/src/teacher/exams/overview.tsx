import type { Exam } from '@hourglass/exams/model'
import type { VersionSummary } from '@hourglass/quizzes/model'
import { A, useNavigate } from '@solidjs/router'
import { createSignal, For, Show } from 'solid-js'
import { api } from '../../lib/api'
import { formatDecimal, formatDuration } from '../../lib/format'
import { createAction, createLoader, listAll } from '../../lib/load'
import { t } from '../../messages/teaching'
import { Button, ButtonLink } from '../../parts/button'
import { Dialog } from '../../parts/dialog'
import { ErrorNotice, Notice } from '../../parts/notice'
import { Time } from '../../parts/time'
import { ReleasePanel } from '../results/release-panel'
import type { LateArrival } from './exam-types'
import { ExamPart, useExam } from './frame'
import { loadCounts } from './load-exams'
import { examPath } from './paths'
import { ReviewOptionsTable } from './review-options'

/** An exam at a glance: how far it is, what needs the teacher, and its rules in words. */
export default function ExamOverview() {
  const { exam } = useExam()
  return (
    <ExamPart
      title={t('part.overview')}
      actions={
        <Show when={!exam().isCancelled}>
          <ButtonLink href={examPath(exam().examId, 'edit')}>{t('overview.edit')}</ButtonLink>
          <CancelExam />
        </Show>
      }
    >
      <Show when={exam().isCancelled}>
        <Notice meaning="attention" title={t('overview.cancelled')}>
          <p>{t('overview.cancelledText')}</p>
        </Notice>
      </Show>
      <Progress />
      <ReleasePanel examId={exam().examId} />
      <section class="stack">
        <h3>{t('overview.rules')}</h3>
        <Rules exam={exam()} />
      </section>
      <section class="stack">
        <h3>{t('overview.review')}</h3>
        <ReviewOptionsTable value={exam().reviewOptions} />
      </section>
    </ExamPart>
  )
}

function Progress() {
  const { exam } = useExam()
  const examId = () => exam().examId
  const counts = createLoader(examId, (id, signal) => loadCounts(id, signal))
  const late = createLoader(examId, async (id, signal) =>
    (await listAll<LateArrival>(`/api/exams/${id}/late`, signal)).filter(({ acceptedAt }) => acceptedAt === null),
  )
  const marked = () => (counts.data()?.complete ?? 0) + (counts.data()?.released ?? 0)
  const needs = () => [
    ...((counts.data()?.needsMarking ?? 0) > 0
      ? [
          {
            href: examPath(examId(), 'marking'),
            text: t('exams.needs.marking', { count: counts.data()?.needsMarking ?? 0 }),
          },
        ]
      : []),
    ...((late.data()?.length ?? 0) > 0
      ? [{ href: examPath(examId(), 'late'), text: t('overview.late', { count: late.data()?.length ?? 0 }) }]
      : []),
  ]
  return (
    <section class="stack" aria-label={t('overview.progress')}>
      <dl class="figure-list">
        <Figure name={t('overview.sitting')} value={counts.data()?.open} />
        <Figure name={t('overview.waiting')} value={sum(counts.data()?.sealed, counts.data()?.needsMarking)} />
        <Figure name={t('overview.marked')} value={counts.data() ? marked() : undefined} />
      </dl>
      <Show when={needs().length > 0}>
        <Notice meaning="attention" title={t('overview.needsYou')}>
          <ul class="changes">
            <For each={needs()}>
              {(need) => (
                <li>
                  <A href={need.href}>{need.text}</A>
                </li>
              )}
            </For>
          </ul>
        </Notice>
      </Show>
    </section>
  )
}

const sum = (a: number | undefined, b: number | undefined) => (a === undefined || b === undefined ? undefined : a + b)

const Figure = (props: { name: string; value: number | undefined }) => (
  <div>
    <dt>{props.name}</dt>
    <dd>{props.value ?? '–'}</dd>
  </div>
)

function Rules(props: { exam: Exam }) {
  const version = createLoader(
    () => props.exam.versionDigest,
    (digest, signal) => api.get<VersionSummary>(`/api/versions/${digest}`, { signal }),
  )
  return (
    <dl class="facts">
      <dt>{t('field.versionDigest')}</dt>
      <dd>
        <Show when={version.data()} fallback={<code>{props.exam.versionDigest.slice(0, 12)}</code>}>
          {(known) =>
            t('overview.version', {
              title: known().title,
              number: known().number,
              questions: t('form.questions', { count: known().questionCount }),
              marks: formatDecimal(known().maxMarks),
            })
          }
        </Show>
      </dd>
      <dt>{t('exam.opens')}</dt>
      <dd>
        <Show when={props.exam.opensAt} fallback={t('exam.opens.always')}>
          {(at) => <Time at={at()} />}
        </Show>
      </dd>
      <dt>{t('exam.closes')}</dt>
      <dd>
        <Show when={props.exam.closesAt} fallback={t('exam.closes.never')}>
          {(at) => <Time at={at()} />}
        </Show>
      </dd>
      <dt>{t('field.limitSeconds')}</dt>
      <dd>{props.exam.limitSeconds === null ? t('time.unlimited') : formatDuration(props.exam.limitSeconds)}</dd>
      <dt>{t('field.attemptsAllowed')}</dt>
      <dd>
        {props.exam.attemptsAllowed === null
          ? t('value.any')
          : t('overview.attempts', {
              count: props.exam.attemptsAllowed,
              method: t(`gradingMethod.${props.exam.gradingMethod}`),
            })}
      </dd>
      <dt>{t('field.overduePolicy')}</dt>
      <dd>{t(`overdue.${props.exam.overduePolicy}`)}</dd>
      <dt>{t('form.room')}</dt>
      <dd>{roomWords(props.exam)}</dd>
      <dt>{t('form.marking')}</dt>
      <dd>{markingWords(props.exam)}</dd>
      <dt>{t('form.password')}</dt>
      <dd>{t(props.exam.hasPassword ? 'value.set' : 'value.none')}</dd>
      <dt>{t('field.release')}</dt>
      <dd>{t(`form.release.${props.exam.release}`)}</dd>
    </dl>
  )
}

const joined = (words: string[]) => words.join('; ')
const roomWords = (exam: Exam): string =>
  joined([
    t(`form.layout.${exam.layout}`),
    ...(exam.shuffleQuestions ? [t('words.shuffleQuestions')] : []),
    ...(exam.shuffleOptions ? [t('words.shuffleOptions')] : []),
    t(exam.pasteAllowed ? 'words.paste' : 'words.noPaste'),
  ])
const markingWords = (exam: Exam): string =>
  joined([
    t(exam.certainty ? 'words.certainty' : 'words.noCertainty'),
    t(exam.negativeMarks ? 'words.negative' : 'words.noNegative'),
  ])

function CancelExam() {
  const { exam, loader } = useExam()
  const navigate = useNavigate()
  const [isOpen, setOpen] = createSignal(false)
  const action = createAction()
  const attempts = createLoader(
    () => exam().examId,
    (id, signal) => api.get<{ items: unknown[] }>(`/api/exams/${id}/attempts?limit=1`, { signal }),
  )
  const cancel = async () => {
    const isDone = await action.run(() => api.delete(`/api/exams/${exam().examId}`))
    if (!isDone) return
    setOpen(false)
    await loader.reload()
    navigate(examPath(exam().examId))
  }
  return (
    <Show when={attempts.data()?.items.length === 0}>
      <Button variant="danger" onClick={() => setOpen(true)}>
        {t('overview.cancel')}
      </Button>
      <Dialog
        isOpen={isOpen()}
        onClose={() => setOpen(false)}
        title={t('overview.cancelTitle', { title: exam().title })}
        actions={
          <>
            <Button variant="quiet" onClick={() => setOpen(false)}>
              {t('overview.cancelKeep')}
            </Button>
            <Button variant="danger" busy={action.isBusy()} onClick={() => void cancel()}>
              {t('overview.cancel')}
            </Button>
          </>
        }
      >
        <p>{t('overview.cancelEffect')}</p>
        <Show when={action.error()}>{(error) => <ErrorNotice error={error()} />}</Show>
      </Dialog>
    </Show>
  )
}
