import type { Db } from 'mongodb'
import type { QuizStore } from '../quiz-store'
import { type Collections, collectionsOf, type ImageDocument } from './collections'
import { insertNew } from './drafts'
import { versionEvents } from './events'
import { createIndexes } from './indexes'
import { questionDocuments } from './questions'
import { quizDocuments } from './quizzes'
import { versionDocuments } from './versions'

/** The store on MongoDB. Every write is of one document, so it needs no transactions. */
export function createMongoStore(db: Db): QuizStore & { createIndexes: () => Promise<void> } {
  const collections = collectionsOf(db)
  return {
    ...quizDocuments(collections),
    ...questionDocuments(collections),
    ...versionDocuments(collections),
    ...imageDocuments(collections),
    events: versionEvents(collections.versions),
    createIndexes: () => createIndexes(db, collections),
  }
}

const imageDocuments = ({ images }: Collections): Pick<QuizStore, 'insertImage' | 'getImage'> => ({
  async insertImage({ digest, ...image }) {
    const document: ImageDocument = { _id: digest, ...image, storedAt: new Date() }
    await insertNew(images, document)
  },
  async getImage(digest) {
    const document = await images.findOne({ _id: digest })
    if (!document) return null
    const { _id, storedAt: _, bytes, ...image } = document
    return { digest: _id, ...image, bytes: new Uint8Array(bytes) }
  },
})
