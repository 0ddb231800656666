import { expect, test } from 'bun:test'
import { arrangePaper, questionIdsOf } from './arrange'
import type { Paper, PaperQuestion } from './paper'

const question = (id: string): PaperQuestion => ({
  type: 'single-choice',
  id,
  html: id,
  maxMarks: '1',
  shuffle: true,
  choices: ['a', 'b', 'c', 'd', 'e', 'f'].map((choice) => ({ id: choice, html: choice })),
})
const ids = Array.from({ length: 20 }, (_, index) => `q${index}`)
const paper: Paper = {
  schema: 1,
  quizId: 'z',
  title: 'Z',
  introHtml: '',
  questions: ids.map(question),
  sections: [
    {
      id: 's1',
      title: '',
      introHtml: '',
      shuffleQuestions: false,
      items: [
        { kind: 'fixed', questionId: 'q3' },
        { kind: 'draw', count: 4, pool: ids },
      ],
    },
    {
      id: 's2',
      title: '',
      introHtml: '',
      shuffleQuestions: true,
      items: [
        { kind: 'draw', count: 5, pool: ids },
        { kind: 'fixed', questionId: 'q7' },
      ],
    },
  ],
}
const rule = { shuffleQuestions: false, shuffleOptions: true }

test('a reload shows the same questions and options in the same order', () => {
  expect(arrangePaper(paper, 'attempt-1', rule)).toEqual(arrangePaper(paper, 'attempt-1', rule))
})

test('two attempts differ', () => {
  expect(arrangePaper(paper, 'attempt-1', rule)).not.toEqual(arrangePaper(paper, 'attempt-2', rule))
})

test('no question is drawn twice, nor drawn when it is fixed elsewhere', () => {
  for (let run = 0; run < 200; run++) {
    const drawn = questionIdsOf(arrangePaper(paper, `attempt-${run}`, rule))
    expect(drawn).toHaveLength(11)
    expect(new Set(drawn).size).toBe(11)
    expect(drawn[0]).toBe('q3')
  }
})

test('options keep their place where neither author nor exam shuffles them', () => {
  const [section] = arrangePaper(paper, 'attempt-1', { ...rule, shuffleOptions: false }).sections
  expect(section?.questions[0]).toEqual(question('q3'))
})
