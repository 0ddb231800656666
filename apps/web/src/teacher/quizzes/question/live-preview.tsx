import type { Question } from '@hourglass/questions/question'
import type { QuestionPreview } from '@hourglass/quizzes/model'
import { createEffect, createSignal, For, on, onCleanup, Show } from 'solid-js'
import { api, isApiError } from '../../../lib/api'
import { t } from '../../../messages/quizzes'
import { ErrorNotice, Notice } from '../../../parts/notice'
import { Skeleton } from '../../../parts/skeleton'
import { QuestionView } from './question-view'

const pauseMs = 400

/** What the student and the reviewer would see, a moment after the writing pauses. `question` is null while it cannot be read. */
export function LivePreview(props: { question: Question | null }) {
  const [preview, setPreview] = createSignal<QuestionPreview | null>(null)
  const [error, setError] = createSignal<unknown>(null)
  let running: AbortController | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const load = async (body: string) => {
    running?.abort()
    running = new AbortController()
    const { signal } = running
    try {
      const next = await api.post<QuestionPreview>('/api/questions/preview', body, {
        signal,
        contentType: 'application/json',
      })
      if (signal.aborted) return
      setPreview(next)
      setError(null)
    } catch (cause) {
      if (!signal.aborted && !isApiError(cause, 'aborted')) setError(cause)
    }
  }
  const body = () => (props.question ? JSON.stringify({ question: props.question }) : null)
  createEffect(
    on(body, (text) => {
      clearTimeout(timer)
      if (text !== null) timer = setTimeout(() => void load(text), preview() ? pauseMs : 0)
    }),
  )
  onCleanup(() => {
    clearTimeout(timer)
    running?.abort()
  })
  return (
    <section class="stack question-preview" aria-label={t('preview.title')}>
      <h2 class="form-heading">{t('preview.title')}</h2>
      <Show when={props.question === null}>
        <p class="soft">{t('preview.waits')}</p>
      </Show>
      <Show when={error()}>{(cause) => <ErrorNotice error={cause()} title={t('preview.failed')} />}</Show>
      <Show when={preview()} fallback={<Skeleton lines={4} />}>
        {(shown) => (
          <>
            <QuestionView paper={shown().paper} answer={shown().key} />
            <Remarks title={t('preview.faults')} lines={shown().faults} />
            <Remarks title={t('preview.notes')} lines={shown().notes} />
          </>
        )}
      </Show>
    </section>
  )
}

const Remarks = (props: { title: string; lines: readonly string[] }) => (
  <Show when={props.lines.length > 0}>
    <Notice meaning="attention" title={props.title}>
      <ul class="remark-list">
        <For each={props.lines}>{(line) => <li>{line}</li>}</For>
      </ul>
    </Notice>
  </Show>
)
