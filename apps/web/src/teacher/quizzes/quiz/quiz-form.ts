import type { Quiz, QuizChange, QuizItem, QuizSection } from '@hourglass/quizzes/model'
import { createMemo, createSignal } from 'solid-js'
import { createMutable, modifyMutable, reconcile } from 'solid-js/store'
import { isDecimal, isNegative, tidyDecimal } from '../../../lib/decimal'
import { blankText, freeId } from '../question/blank-question'

/** What an editor changes; marks that are left empty are the question's own. */
export type QuizDraft = Pick<Quiz, 'title' | 'intro' | 'sections' | 'settings'>

export type QuizForm = {
  /** The fields write into it. */
  draft: QuizDraft
  isDirty: () => boolean
  faults: () => ReadonlySet<string>
  replace: (draft: QuizDraft) => void
  noteStored: (draft: QuizDraft) => void
  toChange: (revision: number) => QuizChange
}

export function createQuizForm(quiz: Quiz): QuizForm {
  const draft = createMutable<QuizDraft>(draftOf(quiz))
  const [stored, setStored] = createSignal(textOf(quiz))
  const text = createMemo(() => textOf(draft))
  return {
    draft,
    isDirty: () => text() !== stored(),
    faults: createMemo(() => faultsOf(draft)),
    replace: (next) => modifyMutable(draft, reconcile(draftOf(next))),
    noteStored: (next) => setStored(textOf(next)),
    toChange: (revision) => ({ revision, ...tidy(draftOf(draft)) }),
  }
}

/** A copy without anything else that a quiz has. */
export const draftOf = ({ title, intro, sections, settings }: QuizDraft): QuizDraft =>
  JSON.parse(JSON.stringify({ title, intro, sections, settings })) as QuizDraft // a copy of the same

function faultsOf({ title, sections, settings }: QuizDraft): Set<string> {
  const faults = new Set<string>()
  if (title.trim() === '') faults.add('title')
  for (const [index, { items }] of sections.entries()) {
    for (const [place, item] of items.entries()) {
      const marks = item.maxMarks
      if (marks !== null && marks !== '' && (!isDecimal(marks) || isNegative(marks))) {
        faults.add(`sections.${index}.items.${place}.maxMarks`)
      }
      if (item.kind === 'draw' && item.tag.trim() === '') faults.add(`sections.${index}.items.${place}.tag`)
    }
  }
  if (settings.limitSeconds !== null && settings.limitSeconds < 10) faults.add('settings.limit')
  return faults
}

function tidy(draft: QuizDraft): QuizDraft {
  for (const section of draft.sections) {
    for (const item of section.items) {
      item.maxMarks = item.maxMarks === null || item.maxMarks.trim() === '' ? null : tidyDecimal(item.maxMarks)
    }
  }
  return { ...draft, title: draft.title.trim() }
}

/** Members in the order of their names: the server may answer them in another. */
const textOf = (draft: QuizDraft): string =>
  JSON.stringify(tidy(draftOf(draft)), (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )

export const newSection = (sections: readonly QuizSection[]): QuizSection => ({
  id: freeId('s', sections),
  title: '',
  intro: blankText(),
  shuffleQuestions: false,
  items: [],
})

export const newDraw = (tag: string): QuizItem => ({ kind: 'draw', tag, count: 1, maxMarks: null })
export const newPlace = (questionId: string): QuizItem => ({ kind: 'fixed', questionId, maxMarks: null })
