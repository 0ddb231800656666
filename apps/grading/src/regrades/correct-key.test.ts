import { describe, expect, test } from 'bun:test'
import type { Key, KeyQuestion } from '@hourglass/questions/key'
import type { Response } from '@hourglass/questions/response'
import { scoreQuestion } from '@hourglass/scoring'
import { CorrectionError, correctEarlierKey, correctKey } from './correct-key'
import type { AcceptedAnswer, Correction } from './correction'

const common = { id: 'q1', maxMarks: '2', explanationHtml: '' }
const choices = ['100', '0', '-50'].map((weight, index) => ({
  id: `c${index}`,
  weight,
  feedbackHtml: `<p>${weight}</p>`,
}))
const single: KeyQuestion = { type: 'single-choice', ...common, choices }
const short: KeyQuestion = {
  ...{ type: 'short-answer', ...common, caseSensitive: false },
  accepted: [{ pattern: '*', weight: '0', feedbackHtml: 'no' }],
}
const numeric: KeyQuestion = {
  ...{ type: 'numeric', ...common, units: [], unitRule: 'none' },
  accepted: [{ match: { kind: 'absolute', value: '4', tolerance: '0' }, weight: '100', feedbackHtml: '' }],
}
const gaps: KeyQuestion = {
  ...{ type: 'gap-fill', ...common },
  gaps: [
    { kind: 'choice', id: 'g1', share: '1', choices },
    { kind: 'short', id: 'g2', share: '1', caseSensitive: false, accepted: [] },
    { kind: 'numeric', id: 'g3', share: '2', units: [], unitRule: 'none', accepted: [] },
  ],
}
const essay: KeyQuestion = { type: 'essay', ...common, markingNotesHtml: '' }
const truth: KeyQuestion = { type: 'true-false', ...common, answer: true, feedbackTrueHtml: '', feedbackFalseHtml: '' }
const text: KeyQuestion = { type: 'description', ...common }

const keyOf = (question: KeyQuestion): Key => ({ schema: 1, quizId: 'z', paperDigest: 'p', questions: [question] })
const decide = (...corrections: Correction[]) =>
  corrections.map((correction, index) => ({ number: index + 1, questionId: 'q1', correction }))
const others = new Map<string, Key>()
const accept = (answer: AcceptedAnswer): Correction => ({ mode: 'accept', answer })
const marksOf = (question: KeyQuestion, correction: Correction, response: Response) => {
  const [corrected] = correctKey(keyOf(question), decide(correction), others).questions
  return corrected && scoreQuestion(corrected, response).marks
}

describe('one more accepted answer', () => {
  test.each<[string, KeyQuestion, AcceptedAnswer, Response, string]>([
    [
      'an option',
      single,
      { kind: 'choice', choiceId: 'c2', weight: '100' },
      { type: 'single-choice', choice: 'c2' },
      '2',
    ],
    [
      'an option in part',
      single,
      { kind: 'choice', choiceId: 'c1', weight: '25' },
      { type: 'single-choice', choice: 'c1' },
      '0.5',
    ],
    [
      'a text before a pattern that fits all',
      short,
      { kind: 'text', pattern: 'co*r', weight: '100' },
      { type: 'short-answer', text: 'Colour' },
      '2',
    ],
    [
      'a number',
      numeric,
      { kind: 'number', value: '5', tolerance: '0.5', weight: '100' },
      { type: 'numeric', text: '4,6', unit: null },
      '2',
    ],
    [
      'the option of a gap',
      gaps,
      { kind: 'choice', choiceId: 'c1', weight: '100', gapId: 'g1' },
      { type: 'gap-fill', gaps: { g1: 'c1' } },
      '0.5',
    ],
    [
      'the text of a gap',
      gaps,
      { kind: 'text', pattern: 'x', weight: '100', gapId: 'g2' },
      { type: 'gap-fill', gaps: { g2: 'X' } },
      '0.5',
    ],
    [
      'the number of a gap',
      gaps,
      { kind: 'number', value: '7', tolerance: '0', weight: '100', gapId: 'g3' },
      { type: 'gap-fill', gaps: { g3: '7' } },
      '1',
    ],
  ])('%s earns its weight', (_, question, answer, response, marks) => {
    expect(marksOf(question, accept(answer), response)).toBe(marks)
  })

  test('what was right before stays right', () => {
    expect(
      marksOf(single, accept({ kind: 'choice', choiceId: 'c1', weight: '100' }), {
        type: 'single-choice',
        choice: 'c0',
      }),
    ).toBe('2')
  })

  test.each<[string, KeyQuestion, AcceptedAnswer]>([
    ['an option that the question does not have', single, { kind: 'choice', choiceId: 'c9', weight: '100' }],
    ['a text for options', single, { kind: 'text', pattern: 'x', weight: '100' }],
    ['a gap of a question without gaps', single, { kind: 'choice', choiceId: 'c1', weight: '100', gapId: 'g1' }],
    ['no gap of a question with gaps', gaps, { kind: 'text', pattern: 'x', weight: '100' }],
    [
      'a number for the text of a gap',
      gaps,
      { kind: 'number', value: '1', tolerance: '0', weight: '100', gapId: 'g2' },
    ],
    ['the other side of true or false', truth, { kind: 'choice', choiceId: 'false', weight: '100' }],
    ['a text for an essay', essay, { kind: 'text', pattern: 'x', weight: '100' }],
    ['anything for a description', text, { kind: 'text', pattern: 'x', weight: '100' }],
  ])('%s is refused in words', (_, question, answer) => {
    expect(() => correctKey(keyOf(question), decide(accept(answer)), others)).toThrow(CorrectionError)
  })
})

describe('the key of another version', () => {
  const rescore: Correction = { mode: 'rescore', keyDigest: 'd' }
  const by = (question: KeyQuestion) => correctKey(keyOf(single), decide(rescore), new Map([['d', keyOf(question)]]))

  test('marks by its weights, for the marks that the paper promised', () => {
    const turned = choices.map((choice, index) => ({ ...choice, weight: index === 1 ? '100' : '0' }))
    const [corrected] = by({ type: 'single-choice', ...common, maxMarks: '9', choices: turned.toReversed() }).questions
    if (!corrected) throw new Error('no question')
    expect(scoreQuestion(corrected, { type: 'single-choice', choice: 'c1' }).marks).toBe('2')
    expect(scoreQuestion(corrected, { type: 'single-choice', choice: 'c0' }).marks).toBe('0')
  })

  test.each<[string, KeyQuestion]>([
    ['of another type', { ...essay }],
    ['with other options', { type: 'single-choice', ...common, choices: choices.slice(1) }],
    ['without the question', { ...single, id: 'q2' }],
  ])('%s is refused', (_, question) => expect(() => by(question)).toThrow(CorrectionError))

  test('that was never seen is refused', () =>
    expect(() => correctKey(keyOf(single), decide(rescore), others)).toThrow(CorrectionError))
})

describe('several corrections of one question', () => {
  const [drop, credit]: Correction[] = [{ mode: 'drop' }, { mode: 'full-credit' }]
  const more = accept({ kind: 'choice', choiceId: 'c1', weight: '100' })

  test('hold in the order of their numbers: the last treatment counts, an accepted answer ends it', () => {
    if (!drop || !credit) throw new Error('no corrections')
    const treatment = (...corrections: Correction[]) =>
      correctKey(keyOf(single), decide(...corrections).toReversed(), others).treatments.get('q1')
    const found = [treatment(drop), treatment(drop, credit), treatment(drop, more), treatment(more, drop)]
    expect<unknown[]>(found).toEqual(['drop', 'full-credit', undefined, 'drop'])
  })

  test('none leave the key as it was', () => {
    expect(correctKey(keyOf(gaps), [], others)).toEqual({ ...keyOf(gaps), treatments: new Map() })
  })

  test('what does not fit the key of an earlier version is passed over there', () => {
    const earlier = keyOf({ type: 'single-choice', ...common, choices: choices.slice(0, 1) })
    expect(correctEarlierKey(earlier, decide(more), others).questions).toEqual(earlier.questions)
  })
})
