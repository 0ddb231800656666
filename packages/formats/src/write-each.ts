import type { Question } from '@hourglass/questions/question'

/** What a format could not carry of one question, in sentences for the teacher. */
export type ExportLoss = { questionId: string; title: string; losses: string[] }
export type Exported = { text: string; losses: ExportLoss[] }

/** Thrown while one question is written: the format cannot hold it at all. It is left out and named. */
export class Unwritable extends Error {}

/** Writes each question by itself; `write` answers its text and pushes what it loses. */
export function writeEach(
  questions: readonly Question[],
  write: (question: Question, losses: string[]) => string,
): { parts: string[]; losses: ExportLoss[] } {
  const parts: string[] = []
  const all: ExportLoss[] = []
  for (const question of questions) {
    const losses: string[] = []
    try {
      parts.push(write(question, losses))
    } catch (error) {
      if (!(error instanceof Unwritable)) throw error
      losses.splice(0, losses.length, `The question is left out: ${error.message}`)
    }
    if (losses.length > 0) all.push({ questionId: question.id, title: question.title, losses: [...new Set(losses)] })
  }
  return { parts, losses: all }
}
