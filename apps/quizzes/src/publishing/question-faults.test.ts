import { describe, expect, test } from 'bun:test'
import { emptyText, type Gap, type Question } from '@hourglass/questions/question'
import { choiceQuestion, plain } from '../app-under-test'
import { questionFaults } from './question-faults'

const common = { id: 'q', title: 'Q', stem: plain('Stem'), maxMarks: '1', explanation: emptyText, tags: [] }
const option = (id: string, text: string, weight: string) => ({ id, text: plain(text), weight, feedback: emptyText })
const answer = (pattern: string, weight = '100') => ({ pattern, weight, feedback: emptyText })
const about = (value: string, tolerance: string, weight = '100') => ({
  match: { kind: 'absolute' as const, value, tolerance },
  weight,
  feedback: emptyText,
})
const single = (...choices: ReturnType<typeof option>[]): Question => choiceQuestion({ choices })
const multiple = (...choices: ReturnType<typeof option>[]): Question => ({
  ...common,
  type: 'multiple-choice',
  choices,
  shuffle: true,
})
const numeric = (changes: Partial<Extract<Question, { type: 'numeric' }>>): Question => ({
  ...common,
  type: 'numeric',
  accepted: [about('1', '0')],
  units: [],
  unitRule: 'none',
  ...changes,
})
const short: Gap = { kind: 'short', id: 'g1', share: '1', accepted: [answer('x')], caseSensitive: false }
const gaps = (text: string, ...list: Gap[]): Question => ({
  ...common,
  type: 'gap-fill',
  stem: plain(text),
  gaps: list,
})
const essay = (maxMarks: string): Question => ({
  ...common,
  type: 'essay',
  maxMarks,
  template: '',
  maxWords: null,
  markingNotes: emptyText,
})
const ordering = (...items: string[]): Question => ({
  ...common,
  type: 'ordering',
  items: items.map(plain),
  credit: 'exact',
})
const matching = (pairs: [string, string][], distractors: string[] = []): Question => ({
  ...common,
  type: 'matching',
  pairs: pairs.map(([prompt, match]) => ({ prompt: plain(prompt), match })),
  distractors,
  shuffle: true,
})

describe('a sound question has no faults', () => {
  const third = '33.33333'
  test.each<[string, Question]>([
    ['single choice', choiceQuestion()],
    ['thirds that make a whole', multiple(option('a', 'A', third), option('b', 'B', third), option('c', 'C', third))],
    ['an image alone as text', choiceQuestion({ stem: { format: 'html', text: '<p><img src="image:x"></p>' } })],
    ['numeric', numeric({})],
    ['gaps', gaps('Say [[g1]].', short)],
    ['essay', essay('5')],
    ['ordering', ordering('a', 'b')],
    [
      'matching',
      matching(
        [
          ['a', 'x'],
          ['b', 'x'],
        ],
        ['y'],
      ),
    ],
  ])('%s', (_, question) => {
    expect(questionFaults(question)).toEqual([])
  })
})

describe('a fault is named', () => {
  test.each<[string, Question, string]>([
    ['no text', choiceQuestion({ stem: { format: 'html', text: '<p>&nbsp;</p>' } }), 'text is empty'],
    ['no right option', single(option('a', 'A', '0'), option('b', 'B', '-50')), 'no right option'],
    ['a best option below 100', single(option('a', 'A', '50'), option('b', 'B', '0')), 'earns only 50 %'],
    ['one option', single(option('a', 'A', '100')), 'at least two options'],
    ['an empty option', single(option('a', 'A', '100'), option('b', ' ', '0')), 'Option 2 is empty'],
    ['two equal options', single(option('a', 'A', '100'), option('b', ' A', '0')), 'say the same: “A”'],
    ['two equal ids', single(option('a', 'A', '100'), option('a', 'B', '0')), 'the id “a”'],
    ['weights below 100', multiple(option('a', 'A', '50'), option('b', 'B', '30')), 'add up to 80 %'],
    ['weights above 100', multiple(option('a', 'A', '100'), option('b', 'B', '50')), 'add up to 150 %'],
    ['a negative tolerance', numeric({ accepted: [about('1', '-0.1')] }), 'tolerance of answer 1 is negative'],
    [
      'a range upside down',
      numeric({ accepted: [{ ...about('1', '0'), match: { kind: 'range', min: '2', max: '1' } }] }),
      'begins above its end',
    ],
    ['a unit rule without units', numeric({ unitRule: 'required' }), 'knows none'],
    ['no accepted number', numeric({ accepted: [] }), 'no right answer'],
    ['an essay without marks', essay('0.0'), 'marks above 0'],
    ['a gap that is not listed', gaps('[[g1]] [[g2]]', short), 'the gap [[g2]], but the list'],
    ['a gap that is not in the text', gaps('Nothing', short), '[[g1]] is not in the text'],
    [
      'a gap in a tag',
      { ...gaps('', short), stem: { format: 'html', text: '<b title="[[g1]]">x</b>' } },
      'cannot be shown',
    ],
    ['a gap without a right answer', gaps('[[g1]]', { ...short, accepted: [] }), 'Gap “g1”: It has no right answer'],
    ['gaps without shares', gaps('[[g1]]', { ...short, share: '0' }), 'no share of the marks'],
    ['equal items to order', ordering('a', 'a', 'b'), 'cannot be marked: “a”'],
    ['one pair', matching([['a', 'x']]), 'at least two pairs'],
    [
      'a wrong match that is right',
      matching(
        [
          ['a', 'x'],
          ['b', 'y'],
        ],
        ['y'],
      ),
      'also a right one',
    ],
  ])('%s', (_, question, words) => {
    expect(questionFaults(question).join('\n')).toContain(words)
  })
})
