import { type Collection, type Filter, MongoBulkWriteError } from 'mongodb'
import type { PageOf } from '../quiz-store'

type Draft = { _id: string; revision: number; updatedAt: Date; searchText: string }

/** Inserts a document; false when its id is taken, which leaves what was there. */
export async function insertNew<T extends { _id: string }>(collection: Collection<T>, document: T): Promise<boolean> {
  try {
    // The driver cannot follow that an optional id which is there is the document itself.
    await collection.insertOne(document as Parameters<typeof collection.insertOne>[0])
    return true
  } catch (error) {
    if (isDuplicate(error)) return false
    throw error
  }
}

/** Whether a write failed by nothing else than ids or unique members that are taken. */
export function isDuplicate(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 11_000
}

/** The same of a bulk write: its `code` is only that of the first of its failures. */
export function isOnlyDuplicates(error: unknown): boolean {
  if (!(error instanceof MongoBulkWriteError) || error.result.getWriteConcernError()) return false
  const failures = [error.writeErrors].flat()
  return failures.length > 0 && failures.every(({ code }) => code === 11_000)
}

/** Only the document at its expected revision: of many that write at once, one finds it. */
export const atRevision = (id: string, revision: number) => ({ _id: id, revision })

/** Every word, literally. */
export const containing = (words: readonly string[]): Filter<Draft>[] =>
  words.map((word) => ({ searchText: { $regex: word.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&') } }))

export function comesAfter({ after }: PageOf): Filter<Draft>[] {
  if (!after) return []
  const updatedAt = new Date(after.updatedAt)
  return [{ $or: [{ updatedAt: { $lt: updatedAt } }, { updatedAt, _id: { $lt: after.id } }] }]
}

export const newestFirst = { updatedAt: -1, _id: -1 } as const

/** All of them; an empty `$and` is refused. */
export const allOf = <T>(filters: Filter<T>[]): Filter<T> =>
  // `$and` of filters of T is one; the driver's type does not see it for a T that is not known yet.
  (filters.length === 0 ? {} : { $and: filters }) as Filter<T>
