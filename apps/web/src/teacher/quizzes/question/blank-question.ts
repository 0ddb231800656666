import type {
  AcceptedNumber,
  AcceptedText,
  Choice,
  Gap,
  Question,
  QuestionType,
  RichText,
} from '@hourglass/questions/question'

/** Every kind of question, in the order in which a teacher is likely to want it. */
export const questionTypes: readonly QuestionType[] = [
  'single-choice',
  'multiple-choice',
  'true-false',
  'short-answer',
  'numeric',
  'matching',
  'ordering',
  'gap-fill',
  'essay',
  'description',
]

export const isQuestionType = (text: unknown): text is QuestionType => questionTypes.some((type) => type === text)

export const blankText = (): RichText => ({ format: 'plain', text: '' })

export const newChoice = (id: string, weight = '0'): Choice => ({
  id,
  text: blankText(),
  weight,
  feedback: blankText(),
})

export const newAcceptedText = (weight = '0'): AcceptedText => ({ pattern: '', weight, feedback: blankText() })

export const newAcceptedNumber = (weight = '0'): AcceptedNumber => ({
  match: { kind: 'absolute', value: '', tolerance: '0' },
  weight,
  feedback: blankText(),
})

export const newPair = () => ({ prompt: blankText(), match: '' })

/** An id that none of `taken` has: c1, c2, … */
export function freeId(prefix: string, taken: readonly { id: string }[]): string {
  for (let number = 1; ; number += 1) {
    const id = `${prefix}${number}`
    if (!taken.some((each) => each.id === id)) return id
  }
}

export function newGap(kind: Gap['kind'], id: string): Gap {
  switch (kind) {
    case 'choice':
      return { kind, id, share: '1', choices: [newChoice('c1', '100'), newChoice('c2')], shuffle: true }
    case 'short':
      return { kind, id, share: '1', accepted: [newAcceptedText('100')], caseSensitive: false }
    case 'numeric':
      return { kind, id, share: '1', accepted: [newAcceptedNumber('100')], units: [], unitRule: 'none' }
  }
}

/** What a new question of a type starts from: as many empty places as it needs, the first of them right. */
export function blankQuestion(type: QuestionType): Question {
  const common = { id: 'new', title: '', stem: blankText(), maxMarks: '1', explanation: blankText(), tags: [] }
  const choices = [newChoice('c1', '100'), newChoice('c2'), newChoice('c3')]
  switch (type) {
    case 'single-choice':
    case 'multiple-choice':
      return { type, ...common, choices, shuffle: true }
    case 'true-false':
      return { type, ...common, answer: true, feedbackTrue: blankText(), feedbackFalse: blankText() }
    case 'short-answer':
      return { type, ...common, accepted: [newAcceptedText('100')], caseSensitive: false }
    case 'numeric':
      return { type, ...common, accepted: [newAcceptedNumber('100')], units: [], unitRule: 'none' }
    case 'matching':
      return { type, ...common, pairs: [newPair(), newPair()], distractors: [], shuffle: true }
    case 'ordering':
      return { type, ...common, items: [blankText(), blankText(), blankText()], credit: 'pairs' }
    case 'gap-fill':
      return { type, ...common, gaps: [] }
    case 'essay':
      return { type, ...common, template: '', maxWords: null, markingNotes: blankText() }
    case 'description':
      return { type, ...common, maxMarks: '0' }
  }
}
