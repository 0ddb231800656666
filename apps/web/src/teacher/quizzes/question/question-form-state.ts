import type { Question } from '@hourglass/questions/question'
import { createMemo, createSignal } from 'solid-js'
import { createMutable, modifyMutable, reconcile, unwrap } from 'solid-js/store'
import type { FormFaults } from './form-context'
import { faultsOf, toQuestion } from './question-draft'

export type QuestionForm = {
  /** The fields write into it; only what reads a place is told of its change. */
  draft: Question
  isDirty: () => boolean
  faultCount: () => number
  faults: FormFaults
  /** The draft as it can be stored; null while a field holds what cannot be. */
  question: () => Question | null
  /** From here on empty fields are blamed too. */
  tryToSave: () => Question | null
  /** Takes what is stored now as the draft, or only notes it as the state from which changes count. */
  replace: (question: Question) => void
  noteStored: (question: Question) => void
}

/** The state of one question's form. */
export function createQuestionForm(initial: Question): QuestionForm {
  const draft = createMutable(copy(initial))
  const [stored, setStored] = createSignal(textOf(initial))
  const [isTried, setTried] = createSignal(false)
  const faults = createMemo(() => faultsOf(draft))
  const text = createMemo(() => textOf(toQuestion(draft)))
  const question = createMemo(() => (faults().size > 0 ? null : (JSON.parse(text()) as Question))) // written by textOf
  return {
    draft,
    isDirty: () => text() !== stored(),
    faultCount: () => faults().size,
    faults: { at: (path, typed) => (typed !== '' || isTried() ? (faults().get(path) ?? null) : null) },
    question,
    tryToSave: () => {
      setTried(true)
      return question()
    },
    replace: (next) => {
      modifyMutable(draft, reconcile(copy(next)))
      setStored(textOf(toQuestion(next)))
    },
    noteStored: (next) => setStored(textOf(toQuestion(next))),
  }
}

const copy = (question: Question): Question => structuredClone(unwrap(question))

/** Members in the order of their names: the server may answer them in another. */
const textOf = (question: Question): string =>
  JSON.stringify(question, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
