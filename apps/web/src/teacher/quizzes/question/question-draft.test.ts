import { expect, test } from 'bun:test'
import { Question } from '@hourglass/questions/question'
import { tidyDecimal } from '../../../lib/decimal'
import { blankQuestion, newGap, questionTypes } from './blank-question'
import { faultsOf, gapIdsIn, toQuestion } from './question-draft'

test('decimals are taken as people write them and never pass through floating point', () => {
  expect(['2,50', '.5', '−3', '4.', ' 0.1 '].map(tidyDecimal)).toEqual(['2.50', '0.5', '-3', '4', '0.1'])
  expect(tidyDecimal('123456789012.000000000001')).toBe('123456789012.000000000001')
})

test('what is no number is kept as typed and told at its field', () => {
  const question = blankQuestion('numeric')
  if (question.type !== 'numeric') throw new Error('not numeric')
  const [first] = question.accepted
  if (first?.match.kind !== 'absolute') throw new Error('no first number')
  first.match.value = 'ten'
  first.weight = '100.5'
  expect([...faultsOf(question).keys()]).toEqual(['accepted.0.weight', 'accepted.0.value'])
  first.match.value = '10'
  first.weight = '100.0'
  expect(faultsOf(question).size).toBe(0)
})

test('a blank question of every type, once its fields are filled, has the shape that the server takes', () => {
  for (const type of questionTypes) {
    const question = blankQuestion(type)
    if (question.type === 'numeric') fillNumber(question.accepted)
    if (question.type === 'matching')
      for (const [index, pair] of question.pairs.entries()) pair.match = `match ${index}`
    if (question.type === 'gap-fill') {
      question.gaps = [newGap('choice', 'g1'), newGap('short', 'g2'), newGap('numeric', 'g3')]
      for (const gap of question.gaps) if (gap.kind === 'numeric') fillNumber(gap.accepted)
    }
    expect([...faultsOf(question)]).toEqual([])
    expect(Question.safeParse(toQuestion(question)).success).toBe(true)
  }
})

test('wrong matches that were left empty are not stored', () => {
  const question = blankQuestion('matching')
  if (question.type !== 'matching') throw new Error('not matching')
  question.distractors = ['Lyon', ' ', '']
  const stored = toQuestion(question)
  expect(stored.type === 'matching' && stored.distractors).toEqual(['Lyon'])
})

test('gaps are found in their text once each', () => {
  expect(gapIdsIn('a [[g1]] b [[g2]] c [[g1]] [[not a gap]]')).toEqual(['g1', 'g2'])
})

function fillNumber(accepted: { match: { kind: string; value?: string } }[]): void {
  for (const { match } of accepted) match.value = '0.1'
}
