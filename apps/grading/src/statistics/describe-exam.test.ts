import { describe, expect, test } from 'bun:test'
import type { Question } from '@hourglass/questions/question'
import type { Response } from '@hourglass/questions/response'
import { splitQuestion } from '@hourglass/questions/split'
import fc from 'fast-check'
import { choiceQuestion, choose } from '../../fixtures/classroom'
import { correctKey, type Decided } from '../regrades/correct-key'
import { describeExam, type MarkedAttempt } from './describe-exam'

const marksOf: Record<string, string> = { a: '1', b: '0', c: '0.5', '': '0' }

/** One attempt from the chosen options, `''` for no answer, `null` where the attempt did not have the question. */
const attempt = (attemptId: string, choices: readonly (string | null)[]): MarkedAttempt => {
  const had = choices.flatMap((choice, index) => (choice === null ? [] : [{ id: `q${index + 1}`, choice }]))
  return {
    attemptId,
    maxMarks: String(had.length),
    marks: new Map(had.map(({ id, choice }) => [id, marksOf[choice] ?? '0'])),
    responses: new Map(had.flatMap(({ id, choice }): [string, Response][] => (choice ? [[id, choose(choice)]] : []))),
  }
}

function describeChoices(rows: readonly MarkedAttempt[], questions = 3, decided: readonly Decided[] = []) {
  const asked: Question[] = Array.from({ length: questions }, (_, index) => choiceQuestion(`q${index + 1}`))
  const split = asked.map((question) => splitQuestion(question, ({ text }) => text))
  const paper = {
    schema: 1 as const,
    quizId: 'z',
    title: '',
    introHtml: '',
    sections: [],
    questions: split.map((each) => each.paper),
  }
  const key = { schema: 1 as const, quizId: 'z', paperDigest: '', questions: split.map((each) => each.key) }
  const corrected = correctKey(key, decided, new Map())
  return describeExam({ examId: 'e', title: '', choice: 'first', unmarked: 0, paper, key: corrected, attempts: rows })
}
const rowsOf = (size: number, choose: (index: number) => (string | null)[]) =>
  Array.from({ length: size }, (_, index) => attempt(String(index).padStart(3, '0'), choose(index)))
const kindsOf = (rows: readonly MarkedAttempt[], questionId: string | null) =>
  describeChoices(rows)
    .findings.filter((finding) => finding.questionId === questionId)
    .map(({ kind }) => kind)

describe('findings', () => {
  const isStrong = (index: number) => index % 2 === 0
  test('a question that everybody solved is too easy, one that nobody solved very hard, one left out is named', () => {
    const rows = rowsOf(30, (index) => ['a', 'b', isStrong(index) ? 'a' : ''])
    expect(kindsOf(rows, 'q1')).toEqual(['too-easy', 'unused-option'])
    expect(kindsOf(rows, 'q2')).toEqual(['wrong-key', 'too-hard'])
    expect(kindsOf(rows, 'q3')).toEqual(['often-unanswered', 'unused-option'])
  })

  test('a good question is not complained about', () => {
    const rows = rowsOf(40, (index) =>
      Array.from({ length: 3 }, (_, question) => ((index + question) % 4 ? (index % 4 ? 'a' : 'c') : 'b')),
    )
    expect(kindsOf(rows, 'q1').filter((kind) => kind === 'wrong-key' || kind === 'negative-discrimination')).toEqual([])
  })

  test('questions that contradict each other are a weak test; fewer than 30 attempts only make it a hint', () => {
    const contradict = (index: number) => [
      isStrong(index) ? 'a' : 'b',
      isStrong(index) ? 'b' : 'a',
      index % 3 ? 'a' : 'b',
    ]
    expect(kindsOf(rowsOf(30, contradict), null)).toEqual(['low-consistency'])
    expect(kindsOf(rowsOf(12, contradict), null)).toEqual(['too-few'])
    expect(kindsOf(rowsOf(30, contradict), 'q1')).toContain('negative-discrimination')
  })

  test('none rests on a question for which everybody got full credit', () => {
    const rows = rowsOf(30, () => ['a', 'b', 'a'])
    const findings = describeChoices(rows, 3, [
      { number: 1, questionId: 'q1', correction: { mode: 'full-credit' } },
    ]).findings.map(({ questionId }) => questionId)
    expect(findings).not.toContain('q1')
    expect(findings).toContain('q3')
  })

  test('fewer than five answers say nothing of a question', () => {
    expect(
      kindsOf(
        rowsOf(4, () => ['a', 'b', '']),
        'q1',
      ),
    ).toEqual([])
  })
})

describe('an exam', () => {
  test('with questions drawn per attempt counts each question where it was asked, and has no α', () => {
    const rows = rowsOf(6, (index) => ['a', index % 2 ? 'a' : null, index % 2 ? null : 'b'])
    const { questions, totals } = describeChoices(rows)
    expect(questions.map(({ attempts, facility }) => [attempts, facility])).toEqual([
      [6, 1],
      [3, 1],
      [3, 0],
    ])
    expect(totals.internalConsistency).toBeNull()
  })

  test('is described the same in whatever order its attempts come', () => {
    const row = fc.array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(fc.array(row, { maxLength: 20 }), (choices) => {
        const rows = choices.map((each, index) => attempt(String(index), each))
        expect(describeChoices(rows.toReversed())).toEqual(describeChoices(rows))
      }),
    )
  })
})
