import type { EventData } from '@hourglass/events/contracts'
import type { EventSource } from '@hourglass/events/event-source'
import type { Key } from '@hourglass/questions/key'
import type { Paper } from '@hourglass/questions/paper'
import type { QuestionType } from '@hourglass/questions/question'
import type { ImageType } from '../images/model'
import type { BankQuestion, TagCount } from '../questions/model'
import type { Quiz } from '../quizzes/model'
import type { Version } from '../versions/model'

/** `words` must all occur (see `toWords`). `visibleTo`: what this person owns or edits; `null` is everything. */
export type QuizFilter = { visibleTo: string | null; words: readonly string[] }
export type QuestionFilter = {
  ownerId: string | null
  words: readonly string[]
  tag: string | null
  type: QuestionType | null
}
/** Newest change first, and what comes after this place. */
export type PageOf = { after: { updatedAt: string; id: string } | null; limit: number }

export type StoredVersion = { version: Version; paper: Paper; key: Key; event: EventData<'quiz.published'> }
export type StoredImage = {
  digest: string
  type: ImageType
  widthPixels: number
  heightPixels: number
  bytes: Uint8Array
  storedBy: string
}

/**
 * Where quizzes live (MongoDB | PostgreSQL jsonb; one contract test for both). Every write is of one document, and each
 * of them is whole or not there. `insert…` answers false when the id is taken and leaves what was there; `replace…` and
 * `delete…` answer false unless the stored revision is the expected one. Readers see what was written before.
 */
export interface QuizStore {
  insertQuiz(quiz: Quiz): Promise<boolean>
  getQuiz(id: string): Promise<Quiz | null>
  replaceQuiz(quiz: Quiz, expectedRevision: number): Promise<boolean>
  deleteQuiz(id: string, expectedRevision: number): Promise<boolean>
  listQuizzes(filter: QuizFilter, page: PageOf): Promise<Quiz[]>
  /** Quizzes in which the question has a place of its own, 100 at most. */
  listQuizzesHolding(questionId: string): Promise<Quiz[]>

  /** One document each: some may be stored when it fails, and repeating it stores the rest. */
  insertQuestions(questions: readonly BankQuestion[]): Promise<void>
  getQuestion(id: string): Promise<BankQuestion | null>
  /** In the order of `ids`; those that do not exist are left out. */
  getQuestions(ids: readonly string[]): Promise<BankQuestion[]>
  replaceQuestion(question: BankQuestion, expectedRevision: number): Promise<boolean>
  deleteQuestion(id: string, expectedRevision: number): Promise<boolean>
  listQuestions(filter: QuestionFilter, page: PageOf): Promise<BankQuestion[]>
  /** The owner's questions with this tag, in the order of their ids, `limit` at most. */
  listTagged(ownerId: string, tag: string, limit: number): Promise<BankQuestion[]>
  /** The most used first. */
  listTags(ownerId: string | null, limit: number): Promise<TagCount[]>

  /**
   * The version with its event in one document; false when its digest or its number is taken. Paper and key are there before
   * it is.
   */
  insertVersion(version: StoredVersion): Promise<boolean>
  getVersion(digest: string): Promise<Version | null>
  /** By number, the newest first, below `before` where given. */
  listVersions(quizId: string, before: number | null, limit: number): Promise<Version[]>
  /** The newest version of each quiz that has one. Numbers run from 1 without gaps, so its number is the count. */
  latestVersions(quizIds: readonly string[]): Promise<Map<string, Version>>
  getPaper(digest: string): Promise<Paper | null>
  getKey(digest: string): Promise<Key | null>

  /** An image that is there already stays as it is. */
  insertImage(image: StoredImage): Promise<void>
  getImage(digest: string): Promise<StoredImage | null>

  /** The events of the stored versions. */
  events: EventSource
}

/** The store in parts, each about one kind of document. */
export type QuizPart = Pick<
  QuizStore,
  'insertQuiz' | 'getQuiz' | 'replaceQuiz' | 'deleteQuiz' | 'listQuizzes' | 'listQuizzesHolding'
>

export type QuestionPart = Pick<
  QuizStore,
  | 'insertQuestions'
  | 'getQuestion'
  | 'getQuestions'
  | 'replaceQuestion'
  | 'deleteQuestion'
  | 'listQuestions'
  | 'listTagged'
  | 'listTags'
>

export type VersionPart = Pick<
  QuizStore,
  'insertVersion' | 'getVersion' | 'listVersions' | 'latestVersions' | 'getPaper' | 'getKey'
>
