import { For, Show } from 'solid-js'
import { t } from '../../messages/room'
import { Icon } from '../../parts/icon'
import { isAnswered } from './answered'
import './rail.css'
import type { Room } from './room-state'

/** All questions with their states, by shape and word; each leads to its question. */
export function Rail(props: { room: Room; current: string | null; onGo: (questionId: string) => void }) {
  const asked = () => props.room.questions.filter(({ type }) => type !== 'description')
  const answered = () => asked().filter(({ id }) => isAnswered(props.room.state.answers.get(id))).length
  return (
    <nav class="rail" aria-label={t('questions')}>
      <p class="rail-summary">{t('rail.summary', { answered: answered(), count: asked().length })}</p>
      <ol class="rail-list">
        <For each={props.room.questions}>
          {(question, index) => (
            <li>
              <button
                type="button"
                class="rail-item"
                classList={{ 'rail-answered': isAnswered(props.room.state.answers.get(question.id)) }}
                aria-current={props.current === question.id ? 'step' : undefined}
                onClick={() => props.onGo(question.id)}
              >
                <span class="rail-number">{index() + 1}</span>
                <State room={props.room} questionId={question.id} isAsked={question.type !== 'description'} />
              </button>
            </li>
          )}
        </For>
      </ol>
    </nav>
  )
}

function State(props: { room: Room; questionId: string; isAsked: boolean }) {
  const isKept = () => {
    const kind = props.room.state.places.get(props.questionId)?.kind
    return kind === 'kept' || kind === 'sending'
  }
  const words = () => {
    if (!props.isAsked) return t('information')
    if (isAnswered(props.room.state.answers.get(props.questionId))) return t('rail.answered')
    return t(props.room.state.seen.get(props.questionId) ? 'rail.unanswered' : 'rail.unseen')
  }
  return (
    <>
      <span class="rail-words">
        {words()}
        <Show when={isKept()}>{`, ${t('rail.kept')}`}</Show>
      </span>
      <Show when={isAnswered(props.room.state.answers.get(props.questionId))}>
        <Icon name={isKept() ? 'computer' : 'check'} />
      </Show>
      <Show when={props.room.state.flags.get(props.questionId)}>
        <Icon name="flag" class="rail-flag" />
        <span class="hidden-text">{t('rail.flagged')}</span>
      </Show>
    </>
  )
}
