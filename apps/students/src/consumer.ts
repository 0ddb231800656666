import type { Consumer } from '@hourglass/events/consume'
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
      ({ data: { attemptId, personId } }) =>
      async (tx) => {
        await tx
          .insert(attempts)
          .values({ attemptId, personId, isOpen: false })
          .onConflictDoUpdate({ target: attempts.attemptId, set: { isOpen: false } })
      },
  },
})
