import { type BatchWatch, type Ticket, unwatched } from '@hourglass/kit/batch-watch'
import type { Db } from '@hourglass/kit/db/connect'
import { NotFoundError } from '@hourglass/kit/errors'
import { createGathering } from '@hourglass/kit/gather'
import { asc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { readClock } from '../clock'
import { answerLog, attempts } from '../schema'
import { sealAttempts } from '../seal/seal-attempts'
import { sealLockedDue } from '../seal/sealer'
import type { Seal } from './model'
import { readSeal, readSeals } from './read-seals'

/** Ends an attempt in its student's name and answers its end. Throws a NotFoundError. */
export type Submit = (attemptId: string) => Promise<Seal>

/** As many at the most are submitted in one transaction. */
const mostTogether = 100

/**
 * Submits in groups: in an exam's last minute they come by the hundred, and together they cost a fifth. One whose attempt is
 * held by somebody else waits alone.
 */
export function createSubmit(db: Db, watch: BatchWatch = unwatched): Submit {
  const submit = createGathering<{ attemptId: string; ticket: Ticket }, Seal>({
    most: mostTogether,
    takeAll: async (submits) => {
      const ids = submits.map(({ attemptId }) => attemptId)
      const tickets = submits.map(({ ticket }) => ticket)
      const seals = await watch.run(tickets, () => submitAttempts(db, ids, 'leave out what is held'))
      return ids.map((id) => seals.get(id))
    },
    takeOne: ({ attemptId, ticket }) =>
      watch.resume(ticket, async () => {
        const seal = (await submitAttempts(db, [attemptId], 'wait')).get(attemptId)
        if (!seal) throw new NotFoundError('attempt')
        return seal
      }),
  })
  return (attemptId) => submit({ attemptId, ticket: watch.enter(attemptId) })
}

/**
 * Students' submits. Past its end a submit changes nothing about the end: with time for it left (`sealDueAt`) the attempt is submitted,
 * else it is ended as the server ends it. An attempt that has ended answers its end again. What is not there, or held by
 * others and left out, is absent from the answer.
 */
async function submitAttempts(
  db: Db,
  attemptIds: readonly string[],
  held: 'wait' | 'leave out what is held',
): Promise<ReadonlyMap<string, Seal>> {
  const ids = await db.transaction(async (tx) => {
    const rows = await tx
      .select({ id: attempts.id, examId: attempts.examId, state: attempts.state, sealDueAt: attempts.sealDueAt })
      .from(attempts)
      .where(inArray(attempts.id, [...attemptIds]))
      .orderBy(asc(attempts.id))
      .for('update', held === 'wait' ? {} : { skipLocked: true })
    const open = rows.filter(({ state }) => state === 'open')
    if (open.length > 0) {
      const now = await readClock(tx)
      const isDue = ({ sealDueAt }: (typeof open)[number]) => sealDueAt !== null && sealDueAt <= now
      await sealLockedDue(tx, open.filter(isDue))
      const onTime = open.filter((row) => !isDue(row)).map(({ id }) => id)
      await sealAttempts(tx, onTime, {
        state: 'sealed',
        cause: 'submitted',
        sealedAt: notBeforeAnswers(now),
        actorOf: ({ personId }) => personId,
        from: ['open'],
      })
    }
    return rows.map(({ id }) => id)
  })
  return readSeals(db, ids)
}

/** A teacher ends an attempt, or has an abandoned one marked after all. */
export async function sealByTeacher(db: Db, attemptId: string, actorId: string): Promise<Seal> {
  await db.transaction(async (tx) => {
    const [attempt] = await tx.select().from(attempts).where(eq(attempts.id, attemptId)).for('update')
    if (!attempt) throw new NotFoundError('attempt')
    const now = await readClock(tx)
    const isOver = attempt.pausedAt === null && attempt.deadline !== null && attempt.deadline < now
    // An end that has been stays the end; the network grace is reckoned from it and from no later moment.
    const over = attempt.sealedAt ?? (isOver ? attempt.deadline : null)
    await sealAttempts(tx, [attemptId], {
      state: 'sealed',
      cause: 'teacher',
      sealedAt: over ?? notBeforeAnswers(now),
      actorOf: () => actorId,
      from: ['open', 'abandoned'],
    })
  })
  return readSeal(db, attemptId)
}

/** An end made now lies before no answer that was stored on time, also when the database's clock has gone back since. */
const notBeforeAnswers = (now: Date): SQL => sql`greatest(${now.toISOString()}::timestamptz, (
  select max(${answerLog.storedAt}) from ${answerLog}
  where ${answerLog.attemptId} = ${attempts.id} and not ${answerLog.isLate}))`
