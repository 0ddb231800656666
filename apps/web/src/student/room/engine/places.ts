import type { AnswerPlace, RoomEvents } from './room-events'
import type { RoomStore } from './store'

type Stored = { at: string; isLate: boolean }

/** Where each answer of an attempt is: what waits in the store here, and what the server said that it stored. */
export function createPlaces(of: {
  attemptId: string
  store: RoomStore
  stored: readonly { questionId: string; storedAt: string; isLate: boolean }[]
  onPlace: RoomEvents['onPlace']
}) {
  const latest = new Map<string, Stored>(
    of.stored.map(({ questionId, storedAt, isLate }) => [questionId, { at: storedAt, isLate }]),
  )
  const placeOf = (questionId: string, isKept: boolean): AnswerPlace => {
    const stored = latest.get(questionId)
    if (isKept) return { kind: 'kept' }
    return stored ? { kind: 'stored', ...stored } : { kind: 'nothing' }
  }
  return {
    noteStored: (questionId: string, stored: Stored) => void latest.set(questionId, stored),
    isStored: (questionId: string): boolean => latest.has(questionId),
    placeOf,
    /** Looks where the answer is now, and tells it. */
    tell: async (questionId: string) => {
      const operations = await of.store.operations(of.attemptId)
      const last = operations.findLast((operation) => operation.questionId === questionId)
      of.onPlace(
        questionId,
        last?.refusal ? { kind: 'refused', why: last.refusal } : placeOf(questionId, last !== undefined),
      )
    },
  }
}
