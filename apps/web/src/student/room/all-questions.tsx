import { For } from 'solid-js'
import { t } from '../../messages/room'
import { Button } from '../../parts/button'
import { QuestionCard } from './question-card'
import type { Room } from './room-state'
import { SectionIntro } from './section-intro'

/** Every question on one page, where the teacher chose that. */
export function AllQuestions(props: { room: Room; isDisabled: boolean }) {
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
