import { expect, test } from 'bun:test'
import { parseAiken } from './aiken'

test('Aiken questions are read, and a faulty one is refused by itself', () => {
  const { questions } = parseAiken(
    'Capital of Peru?\nA. Quito\nB) Lima\nANSWER: B\n\nNo answer line?\nA. x\nB. y\n\nThird?\nA. x\nB. y\nANSWER: D\nTwo\nlines?\n\nA. yes\nB. no\nANSWER: A\n',
  )
  expect(questions.map(({ line, status }) => [line, status])).toEqual([
    [1, 'imported'],
    [6, 'refused'],
    [10, 'refused'],
    [14, 'imported'],
  ])
  expect(questions[0]?.question).toMatchObject({
    type: 'single-choice',
    choices: [
      { text: { text: 'Quito' }, weight: '0' },
      { text: { text: 'Lima' }, weight: '100' },
    ],
  })
  expect(questions[1]?.reason).toContain('ANSWER')
  expect(questions[2]?.reason).toContain('“ANSWER: D”')
  expect(questions[3]?.question?.stem.text).toBe('Two\nlines?')
})
