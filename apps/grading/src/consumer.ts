import type { Apply, ApplyAll, Consumer } from '@hourglass/events/consume'
import type { EventOf } from '@hourglass/events/contracts'
import { and, eq, isNull } from 'drizzle-orm'
import { keepContent, UnreachableError } from './content/content'
import { copyExam } from './copies/exams'
import { copyClass, copyPerson } from './copies/people'
import type { Deps } from './deps'
import { markExam } from './marking/reconcile'
import { listNews, moveClose, pullSnapshots, storeSeals } from './marking/seal'
import { storeStarts } from './marking/start'
import { mustStoreMarks } from './marking/store-marks'
import { abandonedAttempts, attempts } from './schema'

/**
 * What grading takes in. Events may come in any order: each handler keeps its own part, and marks follow as soon as exam, key
 * and snapshot are all here. A body that cannot be had now is pulled later by the reconciler, so an outage of hours parks
 * nothing; a body that is wrong parks its event.
 */
export function createConsumer({ db, content, snapshots, service: { log } }: Deps): Consumer {
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
  const takeSeals = async (sealed: readonly EventOf<'attempt.sealed'>[]): Promise<ApplyAll> => {
    const news = await listNews(db, sealed)
    const wanted = news.map(({ data: { attemptId, snapshotDigest } }) => ({ attemptId, digest: snapshotDigest }))
    const pulled = await orLater(`the snapshots of ${wanted.length} attempts`, pullSnapshots(snapshots, wanted))
    return async (tx, ids) => {
      const isMine = ({ id }: { id: string }) => ids.has(id)
      await storeSeals(tx, news.filter(isMine), pulled ?? new Map())
      for (const [examId, its] of Map.groupBy(sealed.filter(isMine), ({ data }) => data.examId)) {
        await mustStoreMarks(
          tx,
          examId,
          its.map(({ data }) => data.attemptId),
        )
      }
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
      'attempt.started': {
        together: (started) => (tx, ids) =>
          storeStarts(
            tx,
            started.filter(({ id }) => ids.has(id)).map(({ data }) => data),
          ),
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
      // A herd starts and ends in one second: together its marks cost a tenth.
      'attempt.sealed': { together: takeSeals },
    },
  }
}
