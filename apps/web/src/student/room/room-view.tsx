import { createEffect, createMemo, createSignal, onCleanup, Show } from 'solid-js'
import { t as common } from '../../messages/common'
import { t } from '../../messages/room'
import { Button } from '../../parts/button'
import { Dialog } from '../../parts/dialog'
import { AllQuestions } from './all-questions'
import { Clock } from './clock'
import { ConnectionLine } from './connection-line'
import { QuestionCard } from './question-card'
import { Rail } from './rail'
import { RoomNotices } from './room-notices'
import type { Room } from './room-state'
import { SectionIntro } from './section-intro'
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
    bringUp(questionId)
    // A dialog that closes takes the focus back to its opener; whoever types already keeps it.
    requestAnimationFrame(() => bringUp(questionId))
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
          <RoomNotices room={props.room} isTimeUp={isTimeUp()} />
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

/** Shows a question and puts the focus on its heading, unless it is in the question already. */
const bringUp = (questionId: string) => {
  const card = document.getElementById(`question-${questionId}`)
  if (!card || card.contains(document.activeElement)) return
  card.scrollIntoView({ block: 'start' })
  card.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true })
}

const focusQuestion = (questionId: string | null) =>
  document.getElementById(`question-${questionId}`)?.querySelector<HTMLElement>('h2')?.focus()
