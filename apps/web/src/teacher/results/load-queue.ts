import type { AnswerToMark, MarkingQueue, QuestionToMark } from '@hourglass/grading/model'
import { api } from '../../lib/api'

type Queue = { questions: QuestionToMark[]; answers: AnswerToMark[] }

/** All answers of an exam that a person marks, by the query of `/api/marks`. */
export async function loadQueue(query: string, signal: AbortSignal): Promise<Queue> {
  const answers: AnswerToMark[] = []
  let questions: QuestionToMark[] = []
  let next: string | null = null
  do {
    const cursor: string = next === null ? '' : `&cursor=${encodeURIComponent(next)}`
    const page: MarkingQueue = await api.get<MarkingQueue>(`/api/marks?${query}&limit=200${cursor}`, { signal })
    answers.push(...page.items)
    questions = page.questions
    next = page.next
  } while (next !== null)
  return { questions, answers }
}
