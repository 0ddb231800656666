import { createSignal, For, Show } from 'solid-js'
import { t } from '../../messages/room'
import { Button } from '../../parts/button'
import { Dialog } from '../../parts/dialog'
import { ErrorNotice } from '../../parts/notice'
import { isAnswered } from './answered'
import type { Room } from './room-state'
import './submit-dialog.css'

/** Says what submitting does and what has no answer yet, each with a way to it. */
export function SubmitDialog(props: {
  room: Room
  isOpen: boolean
  onClose: () => void
  onGo: (questionId: string) => void
}) {
  const [isBusy, setBusy] = createSignal(false)
  const [error, setError] = createSignal<unknown>(null)
  const numbered = () =>
    props.room.questions.flatMap(({ id, type }, index) => (type === 'description' ? [] : [{ id, number: index + 1 }]))
  const unanswered = () => numbered().filter(({ id }) => !isAnswered(props.room.state.answers.get(id)))
  const flagged = () => numbered().filter(({ id }) => props.room.state.flags.get(id))
  const unsent = () => props.room.unsentCount()
  const go = (questionId: string) => {
    props.onClose()
    props.onGo(questionId)
  }
  const submit = async () => {
    setBusy(true)
    setError(null)
    try {
      await props.room.submit()
    } catch (failure) {
      setError(failure)
    }
    setBusy(false)
  }
  return (
    <Dialog
      isOpen={props.isOpen}
      onClose={props.onClose}
      title={t('submit.title')}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{t('submit.back')}</Button>
          <Button variant="primary" busy={isBusy()} onClick={submit}>
            {t('submit.now')}
          </Button>
        </>
      }
    >
      <Show when={unanswered().length > 0} fallback={<p>{t('submit.all', { count: numbered().length })}</p>}>
        <p>{t('submit.unanswered', { count: unanswered().length })}</p>
        <Links questions={unanswered()} onGo={go} />
      </Show>
      <Show when={flagged().length > 0}>
        <p>{t('submit.flagged', { count: flagged().length })}</p>
        <Links questions={flagged()} onGo={go} />
      </Show>
      <Show when={unsent() > 0}>
        <p>{t('submit.unsent', { count: unsent() })}</p>
      </Show>
      <p>{t('submit.effect')}</p>
      <Show when={error()}>
        <ErrorNotice error={error()} title={t('submit.failed')} />
      </Show>
    </Dialog>
  )
}

function Links(props: { questions: { id: string; number: number }[]; onGo: (questionId: string) => void }) {
  return (
    <ul class="submit-links">
      <For each={props.questions}>
        {(question) => (
          <li>
            <Button size="small" onClick={() => props.onGo(question.id)}>
              {t('question.short', { number: question.number })}
            </Button>
          </li>
        )}
      </For>
    </ul>
  )
}
