import type { PersonOrSeat } from '@hourglass/kit/auth/principal'
import type { Db } from '@hourglass/kit/db/connect'
import { NotFoundError } from '@hourglass/kit/errors'
import type { PaperQuestion } from '@hourglass/questions/paper'
import { eq } from 'drizzle-orm'
import type { PaperShelf } from '../papers'
import { attempts } from '../schema'

export type AttemptRow = typeof attempts.$inferSelect

/** Throws a NotFoundError if there is none or it is not the caller's: a seat opens its own attempt alone. */
export async function findOwnAttempt(db: Db, principal: PersonOrSeat, attemptId: string): Promise<AttemptRow> {
  const [row] = await db.select().from(attempts).where(eq(attempts.id, attemptId))
  assertOwn(principal, attemptId, row?.personId)
  if (!row) throw new NotFoundError('attempt')
  return row
}

export function assertOwn(principal: PersonOrSeat, attemptId: string, ownerId: string | undefined): void {
  if (principal.kind === 'seat' && principal.attemptId !== attemptId) throw new NotFoundError('attempt')
  if (ownerId === undefined || principal.personId !== ownerId) throw new NotFoundError('attempt')
}

/** What never changes of an attempt, and what a save is checked against. */
export type AttemptFacts = {
  examId: string
  personId: string
  certainty: boolean
  questionOf: ReadonlyMap<string, PaperQuestion>
}
export type AttemptFactsShelf = { factsOf: (attemptId: string) => Promise<AttemptFacts> }

/** Keeps the facts of the last attempts in memory, so that a save reads nothing before its transaction. */
export function createAttemptFacts(db: Db, shelf: PaperShelf, maxKept = 5_000): AttemptFactsShelf {
  const kept = new Map<string, AttemptFacts>()
  return {
    factsOf: async (attemptId) => {
      const known = kept.get(attemptId)
      if (known) return known
      const { examId, personId, certainty, questionIds, paperDigest } = attempts
      const [row] = await db
        .select({ examId, personId, certainty, questionIds, paperDigest })
        .from(attempts)
        .where(eq(attempts.id, attemptId))
      if (!row) throw new NotFoundError('attempt')
      const paper = await shelf.paperOf(row.paperDigest)
      const its = new Set(row.questionIds)
      const questionOf = new Map(
        paper.questions.filter(({ id }) => its.has(id)).map((question) => [question.id, question]),
      )
      const facts = { examId: row.examId, personId: row.personId, certainty: row.certainty, questionOf }
      kept.set(attemptId, facts)
      const oldest = kept.size > maxKept ? kept.keys().next().value : undefined
      if (oldest !== undefined) kept.delete(oldest)
      return facts
    },
  }
}
