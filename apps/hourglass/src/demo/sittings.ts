import { type Client, signIn } from '../client'
import { eventually } from './eventually'
import { type ArrangedPaper, questionsOf } from './paper'
import { demoPassword, demoStudents } from './people'
import { answerDemo } from './responses'

type Attempt = { attemptId: string; paper: ArrangedPaper; lastSeq: number }

/** Everybody sits the exam; then it closes, the essays are marked and the results are released. */
export async function sitPastExam(url: string, teacher: Client, examId: string): Promise<void> {
  for (const [place, student] of demoStudents.entries()) {
    const client = await signIn(url, student.email, demoPassword)
    const attempt = await client.ask<Attempt>('POST', '/api/attempts', { examId })
    for (const [index, question] of questionsOf(attempt.paper).entries()) {
      const isRight = isAnsweredRight(place, index, student.skill)
      const response = answerDemo(question, isRight, place)
      if (!response) continue
      await client.ask('PUT', `/api/attempts/${attempt.attemptId}/answers/${question.id}`, {
        ...{ operationId: Bun.randomUUIDv7(), seq: index + 1, response },
      })
    }
    await client.ask('POST', `/api/attempts/${attempt.attemptId}/submit`)
  }
  const { revision } = await teacher.ask<{ revision: number }>('GET', `/api/exams/${examId}`)
  await teacher.ask('PATCH', `/api/exams/${examId}`, { revision, closesAt: new Date().toISOString() })
  await markEssays(teacher, examId)
  await teacher.ask('POST', '/api/releases', { examId })
}

/** Spread so that hard questions tell strong from weak students, as real ones do, and the same at every load. */
const isAnsweredRight = (place: number, index: number, skill: number): boolean =>
  ((place * 7 + index * 13) % 10) / 10 < skill + (index % 3) * 0.1 - 0.1

type Queue = { items: { attemptId: string; questionId: string; response: { text: string } | null; revision: number }[] }

async function markEssays(teacher: Client, examId: string): Promise<void> {
  const queue = await eventually(async () => {
    const found = await teacher.ask<Queue>('GET', `/api/marks?examId=${examId}&limit=200`)
    if (found.items.length < demoStudents.length)
      throw new Error(`${found.items.length} essays have arrived to be marked`)
    return found
  })
  for (const { attemptId, questionId, response, revision } of queue.items) {
    const isGood = response?.text.includes('Gravity') ?? false
    const comment = isGood ? 'Both halves of the reason.' : 'Think about what pulls the bob back.'
    await teacher.ask('PUT', `/api/marks/${attemptId}/${questionId}`, { marks: isGood ? '4' : '1', comment, revision })
  }
}
