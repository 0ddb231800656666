import { createEffect, createMemo, createSignal, For, onCleanup, Show } from 'solid-js'
import { t as common } from '../../messages/common'
import { t } from '../../messages/room'
import { Button } from '../../parts/button'
import { Dialog } from '../../parts/dialog'
import { Html } from '../../parts/html'
import { Notice } from '../../parts/notice'
import { Clock } from './clock'
import { ConnectionLine } from './connection-line'
import { QuestionCard } from './question-card'
import { Rail } from './rail'
import type { Room } from './room-state'
import { SubmitDialog } from './submit-dialog'

/** The room while the attempt runs. */
export function RoomView(props: { room: Room }) {
  const [current, setCurrent] = createSignal(props.room.questions[0]?.id ?? null)
  const [isRailOpen, setRailOpen] = createSignal(false)
  const [isSubmitting, setSubmitting] = createSignal(false)
  const [isTimeUp, setTimeUp] = createSignal(false)
  const isOnePerPage = () => props.room.attempt.settings.layout === 'one'
  const index = createMemo(() => props.room.questions.findIndex(({ id }) => id === current()))
  const go = (questionId: string) => {
    // What was being typed goes out now: leaving a question settles it.
    props.room.flush()
    setRailOpen(false)
    setCurrent(questionId)
    requestAnimationFrame(() => {
      const card = document.getElementById(`question-${questionId}`)
      card?.scrollIntoView({ block: 'start' })
      card?.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true })
    })
  }
  const step = (by: -1 | 1) => {
    const next = props.room.questions[index() + by]
    if (next) go(next.id)
  }
  const endOfTime = async () => {
    setTimeUp(true)
    await props.room.checkEnd()
    // The server has more time than we thought: an extension that we had not heard of.
    if ((props.room.remainingMs() ?? 1) > 0) setTimeUp(false)
  }
  const totalMs = () => {
    const { deadline, startedAt } = props.room.attempt
    return deadline === null ? null : Date.parse(deadline) - Date.parse(startedAt)
  }
  const isDisabled = () => isTimeUp()
  const position = () => t('question', { number: index() + 1, count: props.room.questions.length })
  createEffect(() => {
    const { title } = props.room.attempt
    document.title = common('app.title', { page: isOnePerPage() ? `${position()} · ${title}` : title })
  })
  // What is nowhere but in this page would go with it.
  const warn = (event: BeforeUnloadEvent) => {
    if (!props.room.state.isKeptOnDisk && props.room.unsentCount() > 0) event.preventDefault()
  }
  addEventListener('beforeunload', warn)
  onCleanup(() => removeEventListener('beforeunload', warn))
  return (
    <div class="room">
      <a
        class="skip-link"
        href={`#question-${current()}`}
        onClick={(event) => {
          event.preventDefault()
          focusQuestion(current())
        }}
      >
        {t('skip')}
      </a>
      <header class="room-header">
        <div class="room-names">
          <h1 class="room-title">{props.room.attempt.title}</h1>
          <p class="room-status">
            <Show when={isOnePerPage()}>
              <span>{position()}</span>
            </Show>
            <ConnectionLine room={props.room} />
          </p>
        </div>
        <Clock
          remainingMs={props.room.remainingMs}
          deadline={props.room.state.deadline}
          pausedAt={props.room.state.pausedAt}
          totalMs={totalMs()}
          onEnd={endOfTime}
        />
        <div class="room-actions">
          <Button icon="list" class="room-rail-button" onClick={() => setRailOpen(true)}>
            {t('questions.open')}
          </Button>
          <Button variant="primary" onClick={() => setSubmitting(true)} disabled={isTimeUp()}>
            {t('submit')}
          </Button>
        </div>
      </header>
      <div class="room-body">
        <aside class="room-rail">
          <Rail room={props.room} current={isOnePerPage() ? current() : null} onGo={go} />
        </aside>
        <main class="room-main" id="content" tabIndex={-1}>
          <Notices room={props.room} isTimeUp={isTimeUp()} />
          <Show when={isOnePerPage()} fallback={<AllQuestions room={props.room} isDisabled={isDisabled()} />}>
            <Show when={props.room.questions[index()]} keyed>
              {(question) => (
                <>
                  <SectionIntro room={props.room} questionId={question.id} />
                  <QuestionCard room={props.room} question={question} number={index() + 1} isDisabled={isDisabled()} />
                </>
              )}
            </Show>
          </Show>
        </main>
      </div>
      <Show when={isOnePerPage()}>
        <nav class="room-steps" aria-label={t('steps')}>
          <Button icon="previous" disabled={index() <= 0} onClick={() => step(-1)}>
            {t('previous')}
          </Button>
          <Show when={current()}>
            {(questionId) => (
              <Button
                icon="flag"
                aria-pressed={props.room.state.flags.get(questionId()) ?? false}
                onClick={() => props.room.toggleFlag(questionId())}
              >
                {t(props.room.state.flags.get(questionId()) ? 'flag.on' : 'flag')}
              </Button>
            )}
          </Show>
          <Button iconAfter="next" disabled={index() >= props.room.questions.length - 1} onClick={() => step(1)}>
            {t('next')}
          </Button>
        </nav>
      </Show>
      <Dialog isOpen={isRailOpen()} onClose={() => setRailOpen(false)} title={t('questions')}>
        <Rail room={props.room} current={current()} onGo={go} />
      </Dialog>
      <SubmitDialog room={props.room} isOpen={isSubmitting()} onClose={() => setSubmitting(false)} onGo={go} />
    </div>
  )
}

const focusQuestion = (questionId: string | null) =>
  document.getElementById(`question-${questionId}`)?.querySelector<HTMLElement>('h2')?.focus()

function Notices(props: { room: Room; isTimeUp: boolean }) {
  return (
    <>
      <Show when={!props.room.state.isKeptOnDisk}>
        <Notice meaning="attention" role="status">
          <p>{t('notDurable')}</p>
        </Notice>
      </Show>
      <Show when={props.room.state.pausedAt}>
        <Notice meaning="attention" role="status" title={t('paused.title')}>
          <p>{t('paused.text')}</p>
        </Notice>
      </Show>
      <Show when={props.isTimeUp}>
        <Notice meaning="attention" role="alert" title={t('timeUp.title')}>
          <p>{t('timeUp.text')}</p>
        </Notice>
      </Show>
    </>
  )
}

/** A section's title and words before its first question, and the quiz's own before all. */
function SectionIntro(props: { room: Room; questionId: string }) {
  const paper = () => props.room.attempt.paper
  const section = () => paper()?.sections.find(({ questions }) => questions[0]?.id === props.questionId)
  const isFirst = () => props.room.questions[0]?.id === props.questionId
  return (
    <>
      <Show when={isFirst() && paper()?.introHtml}>{(html) => <Html html={html()} class="room-intro" />}</Show>
      <Show when={section()}>
        {(found) => (
          <Show when={found().title || found().introHtml}>
            <div class="stack-tight">
              <p class="room-section">{found().title}</p>
              <Html html={found().introHtml} />
            </div>
          </Show>
        )}
      </Show>
    </>
  )
}

function AllQuestions(props: { room: Room; isDisabled: boolean }) {
  return (
    <For each={props.room.questions}>
      {(question, index) => (
        <>
          <SectionIntro room={props.room} questionId={question.id} />
          <QuestionCard room={props.room} question={question} number={index() + 1} isDisabled={props.isDisabled} />
          <div>
            <Button
              icon="flag"
              size="small"
              aria-pressed={props.room.state.flags.get(question.id) ?? false}
              onClick={() => props.room.toggleFlag(question.id)}
            >
              {t(props.room.state.flags.get(question.id) ? 'flag.on' : 'flag')}
            </Button>
          </div>
        </>
      )}
    </For>
  )
}
