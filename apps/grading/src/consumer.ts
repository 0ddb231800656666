import type { Apply, Consumer } from '@hourglass/events/consume'
import type { EventOf } from '@hourglass/events/contracts'
import type { Db } from '@hourglass/kit/db/connect'
import { and, eq, isNull } from 'drizzle-orm'
import { keepContent, UnreachableError } from './content/content'
import { copyExam } from './copies/exams'
import { copyClass, copyPerson } from './copies/people'
import type { Deps } from './deps'
import { markExam } from './marking/reconcile'
import { isSealKept, moveClose, pullSnapshot, storeSeal } from './marking/seal'
import { storeMarksOf } from './marking/store-marks'
import { abandonedAttempts, attempts } from './schema'

/**
 * What grading takes in. Events may come in any order: each handler keeps its own part, and marks follow as soon as exam, key
 * and snapshot are all here. A body that cannot be had now is pulled later by the reconciler, so an outage of hours parks
 * nothing; a body that is wrong parks its event.
 */
export function createConsumer({ db, content, snapshot, service: { log } }: Deps): Consumer {
  const orLater = async <T>(what: string, pull: Promise<T>): Promise<T | null> => {
    try {
      return await pull
    } catch (error) {
      if (!(error instanceof UnreachableError)) throw error
      log.warn({ err: error }, `${what} waits for the reconciler`)
      return null
    }
  }
  const takeExam = async ({ data }: EventOf<'exam.changed'> | EventOf<'exam.scheduled'>): Promise<Apply> => {
    await orLater(`the content of exam ${data.examId}`, keepContent(db, content, data))
    return async (tx) => {
      await copyExam(tx, data)
      await markExam(tx, data.examId, log)
    }
  }
  const takeSeal = async (event: EventOf<'attempt.sealed'>): Promise<Apply> => {
    const { attemptId, snapshotDigest } = event.data
    if (await isSealKept(db, event)) return (tx) => markSealed(tx, attemptId)
    const text = await orLater(
      `the snapshot of attempt ${attemptId}`,
      pullSnapshot(snapshot, attemptId, snapshotDigest),
    )
    return async (tx) => {
      await storeSeal(tx, event, text)
      await markSealed(tx, attemptId)
    }
  }
  return {
    name: 'grading',
    handlers: {
      'person.changed':
        ({ data }) =>
        (tx) =>
          copyPerson(tx, data),
      'class.changed':
        ({ data }) =>
        (tx) =>
          copyClass(tx, data),
      'exam.scheduled': takeExam,
      'exam.changed': takeExam,
      'attempt.started':
        ({ data }) =>
        async (tx) => {
          const { startedAt, ...place } = data
          const isOver = eq(abandonedAttempts.attemptId, place.attemptId)
          if ((await tx.$count(abandonedAttempts, isOver)) > 0) return
          await tx
            .insert(attempts)
            .values({ ...place, startedAt: new Date(startedAt) })
            .onConflictDoNothing()
        },
      'attempt.abandoned':
        ({ data: { attemptId, abandonedAt } }) =>
        async (tx) => {
          await tx
            .insert(abandonedAttempts)
            .values({ attemptId, abandonedAt: new Date(abandonedAt) })
            .onConflictDoNothing()
          // A teacher may have sealed it since: then it is marked like any other.
          await tx.delete(attempts).where(and(eq(attempts.attemptId, attemptId), isNull(attempts.sealedAt)))
        },
      'attempt.close-moved': (event) => (tx) => moveClose(tx, event),
      'attempt.sealed': takeSeal,
    },
  }
}

const markSealed = async (tx: Db, attemptId: string): Promise<void> => storeMarksOf(tx, attemptId)
