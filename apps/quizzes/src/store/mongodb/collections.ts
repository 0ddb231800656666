import type { EventData } from '@hourglass/events/contracts'
import type { Collection, Db } from 'mongodb'
import type { BankQuestion } from '../../questions/model'
import type { Quiz } from '../../quizzes/model'
import type { Version } from '../../versions/model'
import type { StoredImage } from '../quiz-store'

/** Documents; the members beside `body` repeat what is searched, ordered by or compared. */
export type QuizDocument = {
  _id: string
  ownerId: string
  editorIds: string[]
  questionIds: string[]
  searchText: string
  revision: number
  updatedAt: Date
  body: Quiz
}

export type QuestionDocument = {
  _id: string
  ownerId: string
  type: string
  tags: string[]
  searchText: string
  revision: number
  updatedAt: Date
  body: BankQuestion
}

/**
 * A version with its event, so that both are stored at once or not at all. The long part is packed (see `pack.ts`): a document
 * may not pass 16 MiB.
 */
export type VersionDocument = {
  _id: string
  quizId: string
  number: number
  summary: Omit<Version, 'content'>
  content: Uint8Array
  event: {
    id: string
    name: 'quiz.published'
    version: number
    occurredAt: Date
    data: EventData<'quiz.published'>
    /** Absent where nothing was traced, and in what was stored before there were traces. */
    traceparent?: string | null
    publishedAt: Date | null
    /** Until then a replica has it in hand. */
    leasedUntil: Date | null
  }
}

/** A paper or a key under its digest. Many versions may have the same one. */
export type PackedDocument = { _id: string; body: Uint8Array }

export type ImageDocument = Omit<StoredImage, 'digest'> & { _id: string; storedAt: Date }

export type Collections = {
  quizzes: Collection<QuizDocument>
  questions: Collection<QuestionDocument>
  versions: Collection<VersionDocument>
  papers: Collection<PackedDocument>
  keys: Collection<PackedDocument>
  images: Collection<ImageDocument>
}

export const collectionsOf = (db: Db): Collections => ({
  quizzes: db.collection('quizzes'),
  questions: db.collection('questions'),
  versions: db.collection('versions'),
  papers: db.collection('papers'),
  keys: db.collection('keys'),
  images: db.collection('images'),
})
