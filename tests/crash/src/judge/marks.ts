import { scoreQuestion, sumMarks } from '@hourglass/scoring'
import { compare, parseDecimal } from '@hourglass/scoring/rational'
import type { Evidence } from '../evidence'
import { type Newest, placeOf } from './newest'

/** I1, I3, I13: the marks are those that the newest snapshot earns by the key, reckoned here anew. */
export function judgeGrades({ key, results, questionResults }: Evidence, newest: Newest): string[] {
  const faults: string[] = []
  const marksOf = new Map(questionResults.map((row) => [placeOf(row.attemptId, row.questionId), row.marks]))
  for (const { attemptId, body } of newest.values()) {
    const responseOf = new Map(body.answers.map(({ questionId, response }) => [questionId, response]))
    const marks = body.questionIds.map((questionId) => {
      const question = key.questions.find(({ id }) => id === questionId)
      if (!question) throw new Error(`the key has no question ${questionId}`)
      const { marks: own } = scoreQuestion(question, responseOf.get(questionId) ?? null)
      const given = marksOf.get(placeOf(attemptId, questionId))
      if (given === undefined || !areEqual(given, own))
        faults.push(`I3: ${placeOf(attemptId, questionId)} has ${given} marks, its sealed answer earns ${own}`)
      return own
    })
    const total = sumMarks(marks)
    const current = results.filter((row) => row.attemptId === attemptId)
    if (current.length !== 1) faults.push(`I3: attempt ${attemptId} has ${current.length} results`)
    for (const result of current) {
      if (!areEqual(result.marks, total)) faults.push(`I3: attempt ${attemptId} has ${result.marks}, it earns ${total}`)
    }
  }
  return faults
}

const areEqual = (a: string | null, b: string | null) =>
  a === null || b === null ? a === b : compare(parseDecimal(a), parseDecimal(b)) === 0
