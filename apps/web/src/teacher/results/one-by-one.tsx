import type { AnswerToMark, MarkStored, QuestionToMark } from '@hourglass/grading/model'
import { A } from '@solidjs/router'
import { createEffect, createMemo, createSignal, on, onCleanup, Show } from 'solid-js'
import { formatDecimal } from '../../lib/format'
import { t } from '../../messages/teaching'
import { Button } from '../../parts/button'
import { Empty } from '../../parts/empty'
import { Html } from '../../parts/html'
import { Notice } from '../../parts/notice'
import { Tag } from '../../parts/tag'
import { useExam } from '../exams/frame'
import { resultPath } from '../exams/paths'
import { type Markable, MarkForm } from './mark-form'
import { numberGaps } from './number-gaps'
import { ResponseView } from './response/response-view'

const keyOf = ({ attemptId, questionId }: Pick<AnswerToMark, 'attemptId' | 'questionId'>) =>
  `${attemptId}/${questionId}`

/** An answer as it stands: with the mark given a moment ago, if there is one. */
function toMarkable(answer: AnswerToMark, stored: MarkStored | undefined): Markable {
  const { attemptId, questionId, maxMarks, responseDigest, given, state } = answer
  const common = { attemptId, questionId, maxMarks, responseDigest }
  if (stored) return { ...common, marks: stored.marks, comment: stored.comment, revision: stored.revision }
  const marks = given?.marks ?? (state === 'needs-marking' ? null : answer.marks)
  return { ...common, marks, comment: given?.comment ?? '', revision: answer.revision }
}

/** The answers to one question, one at a time, with keys to go on and back. */
export function OneByOne(props: { question: QuestionToMark; answers: readonly AnswerToMark[]; onReload: () => void }) {
  const { exam } = useExam()
  const [index, setIndex] = createSignal(0)
  const [done, setDone] = createSignal<ReadonlyMap<string, MarkStored>>(new Map())
  const [isMoved, setMoved] = createSignal(false)
  createEffect(
    on(
      () => props.question.questionId,
      () => setIndex(0),
      { defer: true },
    ),
  )
  const answer = () => props.answers[Math.min(index(), props.answers.length - 1)]
  const left = createMemo(
    () => props.answers.filter((each) => each.state === 'needs-marking' && !done().has(keyOf(each))).length,
  )
  const go = (step: number) => {
    setMoved(true)
    setIndex(Math.max(0, Math.min(props.answers.length - 1, index() + step)))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || event.ctrlKey || event.metaKey) return
    // `code`, since Alt with a letter writes other characters on some keyboards.
    const step = event.code === 'KeyN' ? 1 : event.code === 'KeyP' ? -1 : 0
    if (step === 0) return
    event.preventDefault()
    go(step)
  }
  document.addEventListener('keydown', onKeyDown)
  onCleanup(() => document.removeEventListener('keydown', onKeyDown))
  const onStored = (stored: MarkStored) => {
    setDone(new Map(done()).set(keyOf(stored), stored))
    const next = props.answers.findIndex((each, place) => place > index() && !done().has(keyOf(each)))
    setMoved(true)
    if (next >= 0) setIndex(next)
  }
  return (
    <>
      <section
        class="stack measure marking-question"
        aria-label={t('attempt.question', { number: props.question.number })}
      >
        <Html html={numberGaps(props.question.html)} />
        <Show when={props.question.markingNotesHtml}>
          {(html) => (
            <details open>
              <summary class="live-summary">{t('marking.notes')}</summary>
              <Html html={html()} />
            </details>
          )}
        </Show>
      </section>
      <Show
        when={answer()}
        fallback={
          <Empty title={t('marking.done')} icon="check-circle">
            <p>{t('marking.doneText')}</p>
          </Empty>
        }
      >
        <div class="row-apart">
          <strong role="status" class="figures">
            {t('marking.place', { place: index() + 1, total: props.answers.length, left: left() })}
          </strong>
          <span class="row no-print">
            <Button icon="previous" disabled={index() === 0} aria-keyshortcuts="Alt+P" onClick={() => go(-1)}>
              {t('marking.previous')}
            </Button>
            <Button
              iconAfter="next"
              disabled={index() >= props.answers.length - 1}
              aria-keyshortcuts="Alt+N"
              onClick={() => go(1)}
            >
              {t('marking.next')}
            </Button>
          </span>
        </div>
        <Show when={left() === 0}>
          <Notice meaning="stored" role="status">
            <p>{t('marking.doneText')}</p>
          </Notice>
        </Show>
        {/* Another answer is another form: nothing typed for one student may end up with the next. */}
        <Show when={answer()} keyed>
          {(current) => (
            <article class="marking-answer">
              <div class="stack">
                <header class="row">
                  <h3>
                    <Show when={current.person} fallback={t('marking.someone')}>
                      {(person) => <A href={resultPath(exam().examId, current.attemptId)}>{person().name}</A>}
                    </Show>
                  </h3>
                  <Show when={done().get(keyOf(current))?.marks ?? current.given?.marks}>
                    {(marks) => (
                      <Tag meaning="stored" icon="check">
                        {t('marking.stored', { marks: formatDecimal(marks()), max: formatDecimal(current.maxMarks) })}
                      </Tag>
                    )}
                  </Show>
                </header>
                <ResponseView response={current.response} question={null} />
              </div>
              <div>
                <MarkForm
                  answer={toMarkable(current, done().get(keyOf(current)))}
                  submitLabel={t('marking.storeNext')}
                  autofocus={isMoved()}
                  onReload={() => props.onReload()}
                  onStored={onStored}
                />
                <p class="soft small">{t('marking.keys')}</p>
              </div>
            </article>
          )}
        </Show>
      </Show>
    </>
  )
}
