import type { Collection, Db, Document, IndexSpecification } from 'mongodb'
import type { Collections } from './collections'

/** `isMultikey`: has an entry for every element of an array. */
type Index = { key: Record<string, 1 | -1>; unique?: true; isMultikey?: true }

/** `updatedAt` and `_id` behind what is asked for: a page is read in its order, of all drafts (an administrator's) too. */
const indexesOf: Partial<Record<keyof Collections, readonly Index[]>> = {
  quizzes: [
    { key: { ownerId: 1, updatedAt: -1, _id: -1 } },
    { key: { editorIds: 1, updatedAt: -1, _id: -1 }, isMultikey: true },
    { key: { updatedAt: -1, _id: -1 } },
    { key: { questionIds: 1, _id: 1 }, isMultikey: true },
  ],
  questions: [
    { key: { ownerId: 1, updatedAt: -1, _id: -1 } },
    { key: { updatedAt: -1, _id: -1 } },
    { key: { ownerId: 1, tags: 1, _id: 1 }, isMultikey: true },
  ],
  versions: [
    { key: { quizId: 1, number: -1 }, unique: true },
    { key: { 'event.publishedAt': 1, 'event.occurredAt': 1 } },
    { key: { 'event.occurredAt': 1, 'event.id': 1 } },
    { key: { 'event.id': 1 } },
  ],
}

/** Makes the indexes that are not there yet. As often as one likes, and several replicas at once. */
export async function createIndexes(db: Db, collections: Collections): Promise<void> {
  const hasMultikey = !('ferretdbVersion' in (await db.command({ buildInfo: 1 })))
  for (const [name, indexes] of Object.entries(indexesOf)) {
    // Each has documents of its own kind; here only their indexes count.
    const collection = collections[name as keyof Collections] as unknown as Collection<Document>
    const there = await namesIn(collection)
    for (const { key, isMultikey, ...options } of indexes) {
      // FerretDB indexes an array as a whole, and refuses one of more than some 200 ids.
      if (isMultikey && !hasMultikey) continue
      // FerretDB answers an index that is there with a crash of the connection.
      if (!there.has(nameOf(key)))
        await collection.createIndex(key as IndexSpecification, { ...options, name: nameOf(key) })
    }
  }
}

/** As MongoDB itself would call it: `ownerId_1_updatedAt_-1`. */
const nameOf = (key: Index['key']): string => Object.entries(key).flat().join('_')

async function namesIn(collection: Collection<Document>): Promise<Set<string>> {
  try {
    return new Set((await collection.indexes()).flatMap(({ name }) => name ?? []))
  } catch (error) {
    // 26, NamespaceNotFound: nothing was ever stored.
    if (error instanceof Error && 'code' in error && error.code === 26) return new Set()
    throw error
  }
}
