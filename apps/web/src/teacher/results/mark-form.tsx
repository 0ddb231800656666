import type { GivenMark, MarkStored } from '@hourglass/grading/model'
import { createSignal, For, Show } from 'solid-js'
import { api, isApiError } from '../../lib/api'
import { compareDecimals, parseMarks } from '../../lib/decimal'
import { formatDecimal } from '../../lib/format'
import { createAction } from '../../lib/load'
import { t } from '../../messages/teaching'
import { Button } from '../../parts/button'
import { TextArea, TextField } from '../../parts/field'
import { ErrorNotice, Notice } from '../../parts/notice'
import { Tag } from '../../parts/tag'
import { Time } from '../../parts/time'

/** What is to be marked, as it was read. */
export type Markable = {
  attemptId: string
  questionId: string
  maxMarks: string
  /** What holds now, by the key or by a person; `null` while nobody has marked it. */
  marks: string | null
  comment: string
  revision: number
  responseDigest: string
}

type Current = { marks: string; comment: string; revision: number; markedBy: { name: string }; markedAt: string }

/**
 * Marks and a comment. Somebody else's mark given meanwhile is told and never overwritten unseen: it is shown, and only then may
 * one's own replace it.
 */
export function MarkForm(props: {
  answer: Markable
  onStored: (stored: MarkStored) => void
  /** Asks for the answer again, when it is another one by now. */
  onReload: () => void
  submitLabel: string
  autofocus?: boolean
}) {
  const [marks, setMarks] = createSignal(props.answer.marks ?? '')
  const [comment, setComment] = createSignal(props.answer.comment)
  const [revision, setRevision] = createSignal(props.answer.revision)
  const [isTried, setTried] = createSignal(false)
  const save = createAction()
  const fault = () => {
    const value = parseMarks(marks())
    if (value === null) return t('mark.fault.number')
    return compareDecimals(value, props.answer.maxMarks) > 0
      ? t('mark.fault.tooMuch', { max: formatDecimal(props.answer.maxMarks) })
      : null
  }
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    setTried(true)
    const value = parseMarks(marks())
    if (fault() !== null || value === null) return
    const { attemptId, questionId, responseDigest } = props.answer
    await save.run(async () => {
      const body = { marks: value, comment: comment(), revision: revision(), responseDigest }
      const stored = await api.put<MarkStored>(`/api/marks/${attemptId}/${encodeURIComponent(questionId)}`, body)
      setRevision(stored.revision)
      props.onStored(stored)
    })
  }
  return (
    <form class="mark-form" onSubmit={submit} novalidate>
      {/* Above the field that was just left: a refusal must be in sight. */}
      <Show when={save.error()}>
        {(error) => (
          <Refused
            error={error()}
            onTakeTheirs={(current) => {
              setMarks(current.marks)
              setComment(current.comment)
              setRevision(current.revision)
              save.clear()
              props.onReload()
            }}
            onKeepMine={(current) => {
              setRevision(current.revision)
              save.clear()
            }}
            onReload={() => {
              save.clear()
              props.onReload()
            }}
          />
        )}
      </Show>
      <div class="mark-input">
        <TextField
          label={t('mark.marks')}
          inputMode="decimal"
          autocomplete="off"
          ref={(input: HTMLInputElement) => {
            if (props.autofocus) queueMicrotask(() => input.focus())
          }}
          value={marks()}
          error={isTried() ? fault() : null}
          onInput={(event) => setMarks(event.currentTarget.value)}
        />
        <span class="mark-of soft">{t('mark.of', { max: formatDecimal(props.answer.maxMarks) })}</span>
      </div>
      <TextArea
        label={t('mark.comment')}
        hint={t('mark.commentHint')}
        isOptional
        rows={4}
        maxLength={20_000}
        value={comment()}
        onInput={(event) => setComment(event.currentTarget.value)}
      />
      <div>
        <Button type="submit" variant="primary" busy={save.isBusy()}>
          {props.submitLabel}
        </Button>
      </div>
    </form>
  )
}

function Refused(props: {
  error: unknown
  onTakeTheirs: (current: Current) => void
  onKeepMine: (current: Current) => void
  onReload: () => void
}) {
  const current = () =>
    isApiError(props.error, 'stale') ? ((props.error.details.current as Current | undefined) ?? null) : null // its 409
  return (
    <Show
      when={current()}
      fallback={
        <>
          <ErrorNotice error={props.error} title={t('mark.notStored')} />
          <Show when={isApiError(props.error, 'answer-changed') || isApiError(props.error, 'stale')}>
            <div>
              <Button size="small" onClick={() => props.onReload()}>
                {t('mark.loadAnswer')}
              </Button>
            </div>
          </Show>
        </>
      }
    >
      {(theirs) => (
        <Notice meaning="attention" role="alert" title={t('mark.stale', { name: theirs().markedBy.name })}>
          <p>
            {t('mark.staleText', { marks: formatDecimal(theirs().marks) })} <Time at={theirs().markedAt} />
          </p>
          <Show when={theirs().comment}>{(text) => <p class="soft">“{text()}”</p>}</Show>
          <div class="row">
            <Button size="small" onClick={() => props.onTakeTheirs(theirs())}>
              {t('mark.takeTheirs')}
            </Button>
            <Button size="small" onClick={() => props.onKeepMine(theirs())}>
              {t('mark.keepMine')}
            </Button>
          </div>
        </Notice>
      )}
    </Show>
  )
}

/** Every mark that a person gave, newest first. */
export function MarkHistory(props: { given: readonly GivenMark[]; maxMarks: string }) {
  return (
    <Show when={props.given.length > 0}>
      <details>
        <summary class="live-summary">{t('mark.history', { count: props.given.length })}</summary>
        <ol class="mark-history">
          <For each={props.given.toReversed()}>
            {(mark) => (
              <li class="stack-tight">
                <span class="row">
                  <strong class="figures">
                    {formatDecimal(mark.marks)} / {formatDecimal(props.maxMarks)}
                  </strong>
                  <span>{mark.markedBy.name}</span>
                  <span class="soft">
                    <Time at={mark.markedAt} />
                  </span>
                  <Show when={!mark.isCurrent}>
                    <Tag meaning="attention">{t('mark.oldAnswer')}</Tag>
                  </Show>
                </span>
                <Show when={mark.comment}>{(text) => <span class="soft">“{text()}”</span>}</Show>
              </li>
            )}
          </For>
        </ol>
      </details>
    </Show>
  )
}
