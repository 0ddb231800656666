import type { Consumer } from '@hourglass/events/consume'
import type { Db } from '@hourglass/kit/db/connect'
import { attempts } from './schema'

/** Keeps who sits an exam right now. A seal may arrive before its start: then the start changes nothing. */
export const createConsumer = (): Consumer => ({
  name: 'students',
  handlers: {
    'attempt.started':
      ({ data: { attemptId, personId } }) =>
      async (tx) => {
        await tx.insert(attempts).values({ attemptId, personId, isOpen: true }).onConflictDoNothing()
      },
    'attempt.sealed':
      ({ data }) =>
      (tx) =>
        endAttempt(tx, data),
    'attempt.abandoned':
      ({ data }) =>
      (tx) =>
        endAttempt(tx, data),
  },
})

async function endAttempt(tx: Db, { attemptId, personId }: { attemptId: string; personId: string }): Promise<void> {
  await tx
    .insert(attempts)
    .values({ attemptId, personId, isOpen: false })
    .onConflictDoUpdate({ target: attempts.attemptId, set: { isOpen: false } })
}
