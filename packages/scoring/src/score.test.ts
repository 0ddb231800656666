import { describe, expect, test } from 'bun:test'
import type { KeyOf, KeyQuestion } from '@hourglass/questions/key'
import type { Response } from '@hourglass/questions/response'
import { shuffleBySeed } from '@hourglass/questions/shuffle'
import fc from 'fast-check'
import { applyCertainty } from './certainty'
import { scoreQuestion, sumMarks } from './score'

const common = { id: 'q1', maxMarks: '2', explanationHtml: '' }
const choicesOf = (...weights: string[]) =>
  weights.map((weight, index) => ({ id: `c${index}`, weight, feedbackHtml: `<p>${index}</p>` }))
const marksOf = (key: KeyQuestion, response: Response, negativeMarks = false) =>
  scoreQuestion(key, response, { negativeMarks }).marks

describe('choices', () => {
  const single: KeyOf<'single-choice'> = { type: 'single-choice', ...common, choices: choicesOf('100', '50', '-25') }
  const multiple: KeyOf<'multiple-choice'> = {
    type: 'multiple-choice',
    ...common,
    choices: choicesOf('33.33333', '33.33333', '33.33333', '-50'),
  }

  test('the chosen option earns its weight and shows its feedback', () => {
    expect(scoreQuestion(single, { type: 'single-choice', choice: 'c1' })).toEqual({
      state: 'partial',
      fraction: '0.5',
      marks: '1',
      feedbackHtml: ['<p>1</p>'],
    })
  })

  test('a negative mark counts only where the exam allows it', () => {
    expect(marksOf(single, { type: 'single-choice', choice: 'c2' })).toBe('0')
    expect(marksOf(single, { type: 'single-choice', choice: 'c2' }, true)).toBe('-0.5')
  })

  test('three thirds are the whole', () => {
    const all: Response = { type: 'multiple-choice', choices: ['c0', 'c1', 'c2'] }
    expect(scoreQuestion(multiple, all)).toMatchObject({ state: 'correct', fraction: '1', marks: '2' })
  })

  test('the order of options and of ticks changes nothing', () => {
    fc.assert(
      fc.property(fc.subarray(['c0', 'c1', 'c2', 'c3']), fc.string(), (ticks, seed) => {
        const shuffled = { ...multiple, choices: shuffleBySeed(multiple.choices, seed) }
        expect(marksOf(shuffled, { type: 'multiple-choice', choices: shuffleBySeed(ticks, seed) })).toBe(
          marksOf(multiple, { type: 'multiple-choice', choices: ticks }),
        )
      }),
    )
  })

  test('one more right tick never lowers the marks, one more wrong tick never raises them', () => {
    fc.assert(
      fc.property(fc.subarray(['c0', 'c1', 'c3']), (ticks) => {
        const before = Number(marksOf(multiple, { type: 'multiple-choice', choices: ticks }, true))
        const right = Number(marksOf(multiple, { type: 'multiple-choice', choices: [...ticks, 'c2'] }, true))
        expect(right).toBeGreaterThanOrEqual(before)
        const wrong = Number(marksOf(multiple, { type: 'multiple-choice', choices: [...ticks, 'c3'] }, true))
        expect(wrong).toBeLessThanOrEqual(before || 0)
      }),
    )
  })

  test('no answer earns 0 and is told apart from a wrong one', () => {
    expect(scoreQuestion(single, null).state).toBe('unanswered')
    expect(scoreQuestion(single, { type: 'single-choice', choice: null }, { negativeMarks: true }).marks).toBe('0')
    expect(scoreQuestion(single, { type: 'single-choice', choice: 'c2' }).state).toBe('wrong')
  })

  test('an answer of another type is refused by the question id', () => {
    expect(() => scoreQuestion(single, { type: 'essay', text: 'x' })).toThrow('q1')
  })
})

describe('short answers', () => {
  const key = (pattern: string, caseSensitive = false): KeyQuestion => ({
    type: 'short-answer',
    ...common,
    caseSensitive,
    accepted: [{ pattern, weight: '100', feedbackHtml: '' }],
  })
  const earns = (pattern: string, text: string, caseSensitive = false) =>
    marksOf(key(pattern, caseSensitive), { type: 'short-answer', text }) === '2'

  test.each([
    ['no one', ' No   ONE '],
    ['*grant*', 'Mrs Grant lies there'],
    ['a*b*c', 'a-b-b-c'],
    ['2\\*3', '2*3'],
    ['Café', 'Cafe\u0301'],
    ['ﬁve', 'five'],
  ])('%p accepts %p', (pattern, text) => expect(earns(pattern, text)).toBe(true))

  test.each([
    ['grant', 'granted'],
    ['a*a', 'a'],
    ['2\\*3', '2xx3'],
    ['.*', 'anything'],
  ])('%p refuses %p', (pattern, text) => expect(earns(pattern, text)).toBe(false))

  test('case counts where the author says so', () => {
    expect(earns('NaCl', 'nacl', true)).toBe(false)
    expect(earns('NaCl', 'NaCl', true)).toBe(true)
  })

  test('a pattern of many stars is judged at once', () => {
    const started = performance.now()
    expect(earns(`${'*a'.repeat(400)}b`, 'a'.repeat(1_900))).toBe(false)
    expect(performance.now() - started).toBeLessThan(100)
  })
})

describe('numbers', () => {
  const key = (
    match: KeyOf<'numeric'>['accepted'][number]['match'],
    unitRule: 'none' | 'required' = 'none',
  ): KeyQuestion => ({
    type: 'numeric',
    ...common,
    unitRule,
    units: [
      { name: 'm', multiplier: '1' },
      { name: 'km', multiplier: '1000' },
    ],
    accepted: [{ match, weight: '100', feedbackHtml: '' }],
  })
  const earns = (question: KeyQuestion, text: string, unit: string | null = null) =>
    marksOf(question, { type: 'numeric', text, unit }) === '2'
  const within = (value: string, tolerance: string) => key({ kind: 'absolute', value, tolerance })

  test.each(['1500', '1.5e3', '1 500', '1,500', '1,500.0', '1.500,0', '+1500', '1.5 × 10^3', '1\u00a0500'])(
    '1500 may be written %p',
    (text) => expect(earns(within('1500', '0'), text)).toBe(true),
  )

  test.each(['.5', '0,5', '0.50', '5e-1'])('a half may be written %p', (text) =>
    expect(earns(within('0.5', '0'), text)).toBe(true),
  )

  test.each(['', 'five', '1.5.2', '1500 m', '--2', '1,50,0'])('%p is not taken for 1500', (text) =>
    expect(earns(within('1500', '10'), text)).toBe(false),
  )

  test('both ends of a tolerance count, without float noise', () => {
    expect(earns(within('0.3', '0.1'), '0.4')).toBe(true)
    expect(earns(within('0.3', '0.1'), '0.2')).toBe(true)
    expect(earns(within('0.3', '0.1'), '0.4000000001')).toBe(false)
  })

  test('a relative tolerance grows with the value, and a range has both its ends', () => {
    expect(earns(key({ kind: 'relative', value: '-200', tolerance: '0.05' }), '−210')).toBe(true)
    expect(earns(key({ kind: 'relative', value: '-200', tolerance: '0.05' }), '-210.1')).toBe(false)
    expect(earns(key({ kind: 'range', min: '-5', max: '5' }), '5')).toBe(true)
  })

  test('a unit multiplies, and a required one may not be missing', () => {
    const metres = key({ kind: 'absolute', value: '1500', tolerance: '0' }, 'required')
    expect(earns(metres, '1.5 km')).toBe(true)
    expect(earns(metres, '1.5', 'km')).toBe(true)
    expect(earns(metres, '1500')).toBe(false)
    expect(earns(metres, '1500 kg')).toBe(false)
  })
})

describe('arrangements and gaps', () => {
  const matching: KeyQuestion = { type: 'matching', ...common, pairs: { p1: 'o2', p2: 'o1', p3: 'o3' } }
  const ordering = (credit: 'exact' | 'position' | 'pairs'): KeyQuestion => ({
    type: 'ordering',
    ...common,
    order: ['a', 'b', 'c', 'd'],
    credit,
  })

  test('each right pair is an equal share', () => {
    expect(scoreQuestion(matching, { type: 'matching', pairs: { p1: 'o2', p2: 'o2' } }).fraction).toBe('0.3333333')
  })

  test.each([
    ['exact', '0'],
    ['position', '0.5'],
    ['pairs', '0.8333333'],
  ] as const)('two neighbours swapped, by the rule %s, earn %s', (credit, fraction) => {
    const response: Response = { type: 'ordering', order: ['b', 'a', 'c', 'd'] }
    expect(scoreQuestion(ordering(credit), response).fraction).toBe(fraction)
  })

  test('repeating an item in an ordering gains nothing', () => {
    const response: Response = { type: 'ordering', order: ['a', 'a', 'a', 'a'] }
    expect(scoreQuestion(ordering('pairs'), response).marks).toBe('0')
  })

  test('gaps count by their share', () => {
    const key: KeyQuestion = {
      type: 'gap-fill',
      ...common,
      gaps: [
        { kind: 'choice', id: '1', share: '1', choices: choicesOf('100', '0') },
        {
          kind: 'short',
          id: '2',
          share: '2',
          caseSensitive: false,
          accepted: [{ pattern: 'x', weight: '100', feedbackHtml: '' }],
        },
        {
          kind: 'numeric',
          id: '3',
          share: '1',
          units: [],
          unitRule: 'none',
          accepted: [{ match: { kind: 'absolute', value: '4', tolerance: '0' }, weight: '100', feedbackHtml: '' }],
        },
      ],
    }
    expect(marksOf(key, { type: 'gap-fill', gaps: { 1: 'c0', 2: 'y', 3: '4' } })).toBe('1')
  })

  test('an essay waits for a person', () => {
    const key: KeyQuestion = { type: 'essay', ...common, markingNotesHtml: '' }
    expect(scoreQuestion(key, { type: 'essay', text: 'words' })).toMatchObject({ state: 'needs-marking', marks: null })
    expect(scoreQuestion(key, { type: 'essay', text: '  ' })).toMatchObject({ state: 'unanswered', marks: '0' })
  })
})

test('marks add up without float noise', () => {
  expect(sumMarks(['1.3', '1.3', null, '1.3'])).toBe('3.9')
})

test.each([
  ['1', 1, '0.3333333'],
  ['1', 2, '0.6666667'],
  ['1', 3, '1'],
  ['0', 1, '0'],
  ['0', 2, '-0.6666667'],
  ['0', 3, '-2'],
  ['0.5', 3, '-0.5'],
] as const)('an answer worth %s at certainty %d earns %s', (fraction, certainty, earned) => {
  expect(applyCertainty(fraction, certainty)).toBe(earned)
})
