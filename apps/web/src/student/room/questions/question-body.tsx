import type { PaperQuestion } from '@hourglass/questions/paper'
import type { Response } from '@hourglass/questions/response'
import { type Component, createMemo, Show } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { Html } from '../../../parts/html'
import { MultipleChoice, SingleChoice, TrueFalse } from './choices'
import { GapFill } from './gap-fill'
import { Matching } from './matching'
import { Ordering } from './ordering'
import type { QuestionProps } from './question-props'
import './questions.css'
import { Essay, Numeric, ShortAnswer } from './texts'

type Control = Component<QuestionProps<PaperQuestion['type']>>

// Each control takes its own type of question; `type` is what chooses it, which the record's own types cannot say.
const controls = {
  ...{ 'single-choice': SingleChoice, 'multiple-choice': MultipleChoice, 'true-false': TrueFalse },
  ...{ 'short-answer': ShortAnswer, numeric: Numeric, essay: Essay },
  ...{ matching: Matching, ordering: Ordering, 'gap-fill': GapFill },
} as unknown as Record<PaperQuestion['type'], Control | undefined>

/** A question's text and the control that answers it: in the room, and in a teacher's preview. */
export function QuestionBody(props: {
  question: PaperQuestion
  response: Response | undefined
  onAnswer: (response: Response, isSettled: boolean) => void
  isDisabled?: boolean
  stemId: string
}) {
  const control = createMemo(() => controls[props.question.type])
  // A response of another type cannot be this question's: the server checks it against the paper.
  const response = () => (props.response?.type === props.question.type ? props.response : undefined)
  return (
    <div class="question-body">
      <Show when={props.question.type !== 'gap-fill'}>
        <div id={props.stemId} class="question-stem">
          <Html html={props.question.html} />
        </div>
      </Show>
      <Show when={control()}>
        {(Chosen) => (
          <Dynamic
            component={Chosen()}
            question={props.question}
            response={response() as never}
            onAnswer={props.onAnswer}
            isDisabled={props.isDisabled ?? false}
            stemId={props.stemId}
          />
        )}
      </Show>
    </div>
  )
}
