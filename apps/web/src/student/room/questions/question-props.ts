import type { PaperQuestion } from '@hourglass/questions/paper'
import type { Response } from '@hourglass/questions/response'

export type QuestionOf<Type extends PaperQuestion['type']> = Extract<PaperQuestion, { type: Type }>
type ResponseOf<Type> = Extract<Response, { type: Type }>

/** What every kind of question gets and gives. */
export type QuestionProps<Type extends PaperQuestion['type']> = {
  question: QuestionOf<Type>
  response: ResponseOf<Type> | undefined
  /** `isSettled`: nothing more is being typed, it may go out at once. */
  onAnswer: (response: ResponseOf<Type>, isSettled: boolean) => void
  isDisabled: boolean
  /** Id of the stem: it labels the controls. */
  stemId: string
}
