import { expect, test } from 'bun:test'
import { digestOf, toCanonicalJson } from './canonical'
import { emptyText, type Question } from './question'
import { createRandom, shuffleBySeed } from './shuffle'
import { splitQuestion } from './split'

const plain = (text: string) => ({ format: 'plain' as const, text })
const common = { id: 'q1', title: '', stem: plain('stem'), maxMarks: '1', explanation: plain('CANARY'), tags: [] }
const split = (question: Question) => splitQuestion(question, ({ text }) => text)

test('the paper of an ordering question says nothing of the right order', () => {
  const items = ['first', 'second', 'third', 'fourth'].map(plain)
  const one = split({ type: 'ordering', ...common, items, credit: 'exact' })
  const other = split({ type: 'ordering', ...common, items: items.toReversed(), credit: 'exact' })
  expect(one.paper).toEqual(other.paper)
  expect(one.key).not.toEqual(other.key)
})

test('the paper of a matching question says nothing of the pairs', () => {
  const build = (matches: string[]) =>
    split({
      type: 'matching',
      ...common,
      pairs: matches.map((match, index) => ({ prompt: plain(`prompt ${index}`), match })),
      distractors: ['Lima'],
      shuffle: true,
    })
  expect(build(['Rome', 'Oslo']).paper).toEqual(build(['Oslo', 'Rome']).paper)
  expect(build(['Rome', 'Oslo']).key).not.toEqual(build(['Oslo', 'Rome']).key)
})

test('weights, feedback and explanations are in the key alone', () => {
  const choices = [{ id: 'a', text: plain('A'), weight: '100', feedback: plain('CANARY') }]
  const { paper } = split({ type: 'single-choice', ...common, choices, shuffle: false })
  expect(JSON.stringify(paper)).not.toMatch(/CANARY|weight|100/)
})

test('equal values have one digest, whatever the order of their members', async () => {
  expect(await digestOf({ a: 1, b: [emptyText] })).toBe(await digestOf({ b: [emptyText], a: 1 }))
  expect(() => toCanonicalJson({ marks: 0.1 })).toThrow('decimals as text')
})

test('a shuffle keeps every item and depends on its seed alone', () => {
  const items = Array.from({ length: 50 }, (_, index) => index)
  expect(shuffleBySeed(items, 's1').toSorted((a, b) => a - b)).toEqual(items)
  expect(shuffleBySeed(items, 's1')).toEqual(shuffleBySeed(items, 's1'))
  expect(shuffleBySeed(items, 's1')).not.toEqual(shuffleBySeed(items, 's2'))
})

test('every place is about equally likely for the first item', () => {
  const counts = [0, 0, 0, 0]
  const random = createRandom('counts')
  for (let run = 0; run < 4_000; run++) {
    const place = shuffleBySeed([0, 1, 2, 3], `${random()}`).indexOf(0)
    counts[place] = (counts[place] ?? 0) + 1
  }
  for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(150)
})
