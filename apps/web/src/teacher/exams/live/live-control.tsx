import { createSignal, Match, Show, Switch } from 'solid-js'
import { api } from '../../../lib/api'
import { formatDuration } from '../../../lib/format'
import { createAction } from '../../../lib/load'
import { describeZone } from '../../../lib/local-time'
import { returnFocus } from '../../../lib/return-focus'
import { serverNow } from '../../../lib/server-now'
import { t } from '../../../messages/teaching'
import { Button } from '../../../parts/button'
import { DateTimeField } from '../../../parts/date-time-field'
import { Dialog } from '../../../parts/dialog'
import { TextField } from '../../../parts/field'
import { ErrorNotice, Notice } from '../../../parts/notice'
import type { AttemptLine } from '../exam-types'
import { inTurns } from '../load-exams'

export type Control = {
  kind: 'pause' | 'resume' | 'compensate' | 'seal'
  attempts: readonly AttemptLine[]
  /** Every open attempt: also those that start between the asking and the doing. */
  isAll: boolean
}

type Outcome = { done: number; failed: number; sealedBefore?: number }

/** Says what an action does to whom, does it, and then says what was done. */
export function ControlDialog(props: { examId: string; control: Control; onClose: () => void; onDone: () => void }) {
  returnFocus()
  const action = createAction()
  const [reason, setReason] = createSignal('')
  const [outcome, setOutcome] = createSignal<Outcome | null>(null)
  const [from, setFrom] = createSignal<string | null>(new Date(serverNow() - 10 * 60_000).toISOString())
  const [to, setTo] = createSignal<string | null>(new Date(serverNow()).toISOString())
  const outageSeconds = () => {
    const [start, end] = [from(), to()]
    return start && end ? Math.round((Date.parse(end) - Date.parse(start)) / 1_000) : 0
  }
  const isReady = () => props.control.kind !== 'compensate' || outageSeconds() > 0
  const act = () =>
    action.run(async () => {
      setOutcome(await run(props.examId, props.control, { reason: reason().trim(), from: from(), to: to() }))
      props.onDone()
    })
  return (
    <Dialog
      isOpen
      onClose={() => props.onClose()}
      title={titleOf(props.control)}
      actions={
        <Show
          when={outcome() === null}
          fallback={
            <Button variant="primary" onClick={() => props.onClose()}>
              {t('control.close')}
            </Button>
          }
        >
          <Button variant="quiet" onClick={() => props.onClose()}>
            {t('edit.cancel')}
          </Button>
          <Button
            variant={props.control.kind === 'seal' ? 'danger' : 'primary'}
            busy={action.isBusy()}
            disabled={!isReady()}
            onClick={() => void act()}
          >
            {t(`control.do.${props.control.kind}`)}
          </Button>
        </Show>
      }
    >
      <Show
        when={outcome()}
        fallback={
          <>
            <p class="effect">{effectOf(props.control)}</p>
            <Show when={props.control.kind === 'compensate'}>
              <p class="soft">{t('form.zone', { zone: describeZone() })}</p>
              <div class="form-grid">
                <DateTimeField label={t('control.outageFrom')} value={from()} onChange={setFrom} />
                <DateTimeField label={t('control.outageTo')} value={to()} onChange={setTo} />
              </div>
              <p role="status">
                {outageSeconds() > 0
                  ? t('control.outageGives', {
                      time: formatDuration(outageSeconds()),
                      count: touched(props.control.attempts, to()),
                    })
                  : t('control.outageBackwards')}
              </p>
            </Show>
            <Show when={props.control.kind !== 'seal'}>
              <TextField
                label={t('control.reason')}
                hint={t('control.reasonHint')}
                isOptional
                maxLength={1_000}
                value={reason()}
                onInput={(event) => setReason(event.currentTarget.value)}
              />
            </Show>
            <Show when={action.error()}>{(error) => <ErrorNotice error={error()} title={t('control.failed')} />}</Show>
          </>
        }
      >
        {(done) => <OutcomeWords kind={props.control.kind} outcome={done()} />}
      </Show>
    </Dialog>
  )
}

function OutcomeWords(props: { kind: Control['kind']; outcome: Outcome }) {
  return (
    <>
      <Notice meaning="stored" role="status">
        <p>{t(`control.done.${props.kind}`, { count: props.outcome.done })}</p>
      </Notice>
      <Switch>
        <Match when={props.outcome.failed > 0}>
          <Notice meaning="error" role="alert">
            <p>{t('control.someFailed', { count: props.outcome.failed })}</p>
          </Notice>
        </Match>
        <Match when={(props.outcome.sealedBefore ?? 0) > 0}>
          <Notice meaning="attention" role="status">
            <p>{t('control.sealedBefore', { count: props.outcome.sealedBefore ?? 0 })}</p>
          </Notice>
        </Match>
      </Switch>
    </>
  )
}

/** Attempts that had begun before the outage was over. */
const touched = (attempts: readonly AttemptLine[], to: string | null): number =>
  to === null ? 0 : attempts.filter(({ startedAt }) => startedAt < to).length

function titleOf({ kind, attempts }: Control): string {
  const [only] = attempts
  return attempts.length === 1 && only && kind !== 'compensate'
    ? t(`control.titleOne.${kind}`, { name: only.name })
    : t(`control.title.${kind}`)
}

/** What will happen, before it does. */
export function effectOf({ kind, attempts }: Control): string {
  const running = attempts.filter(({ pausedAt, isOverdue }) => pausedAt === null && !isOverdue)
  switch (kind) {
    case 'pause':
      return t('control.effect.pause', { count: running.length })
    case 'resume':
      return t('control.effect.resume', { count: attempts.filter(({ pausedAt }) => pausedAt !== null).length })
    case 'compensate':
      return t('control.effect.compensate')
    case 'seal': {
      const answers = attempts.reduce((sum, { answeredCount }) => sum + answeredCount, 0)
      const kept = t('control.effect.kept', { count: answers })
      return t('control.effect.seal', { count: attempts.length, kept })
    }
  }
}

type Details = { reason: string; from: string | null; to: string | null }
type Items = { items: unknown[] }

async function run(examId: string, { kind, attempts, isAll }: Control, details: Details): Promise<Outcome> {
  const { reason, from, to } = details
  if (kind === 'seal') return sealEach(attempts)
  if (kind === 'compensate') {
    const body = { from, to, reason }
    const answer = await api.post<Items & { sealedCount: number }>(`/api/exams/${examId}/compensate`, body)
    return { done: answer.items.length, failed: 0, sealedBefore: answer.sealedCount }
  }
  const ids = isAll ? {} : { attemptIds: attempts.map(({ attemptId }) => attemptId) }
  const { items } = await api.post<Items>(`/api/exams/${examId}/${kind}`, { ...ids, reason })
  return { done: items.length, failed: 0 }
}

async function sealEach(attempts: readonly AttemptLine[]): Promise<Outcome> {
  const outcome = { done: 0, failed: 0 }
  let firstFailure: unknown = null
  await inTurns(attempts, 4, async ({ attemptId }) => {
    try {
      await api.post(`/api/attempts/${attemptId}/seal`)
      outcome.done++
    } catch (cause) {
      outcome.failed++
      firstFailure ??= cause
    }
  })
  if (outcome.done === 0 && firstFailure) throw firstFailure
  return outcome
}
