import { emptyText, type Question } from '@hourglass/questions/question'
import type { BankQuestion } from '../questions/model'
import { defaultSettings, type Quiz } from '../quizzes/model'
import type { Version } from '../versions/model'
import type { StoredVersion } from './quiz-store'

export const author = { personId: Bun.randomUUIDv7(), name: 'Ada' }
export const plain = (text: string) => ({ format: 'plain' as const, text })
export const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second, 123)).toISOString()

export const quizOf = (changes: Partial<Quiz> = {}): Quiz => ({
  id: Bun.randomUUIDv7(),
  ownerId: author.personId,
  editorIds: [],
  title: 'Quiz',
  intro: emptyText,
  sections: [],
  settings: defaultSettings,
  revision: 1,
  createdAt: at(0),
  updatedAt: at(0),
  updatedBy: author,
  ...changes,
})

export const questionOf = (changes: Partial<BankQuestion> = {}, fields: Partial<Question> = {}): BankQuestion => {
  const id = changes.id ?? Bun.randomUUIDv7()
  const question: Question = {
    type: 'description',
    id,
    title: 'Question',
    stem: plain('Stem'),
    maxMarks: '0',
    explanation: emptyText,
    tags: [],
  }
  return {
    id,
    ownerId: author.personId,
    revision: 1,
    createdAt: at(0),
    updatedAt: at(0),
    updatedBy: author,
    // The common fields alone are changed, so it stays a description.
    question: { ...question, ...fields } as Question,
    ...changes,
  }
}

export const sectionOf = (...questionIds: string[]): Quiz['sections'] => [
  {
    id: 's1',
    title: '',
    intro: emptyText,
    shuffleQuestions: false,
    items: questionIds.map((questionId) => ({ kind: 'fixed', questionId, maxMarks: null })),
  },
]

export const digestLike = () => Bun.randomUUIDv7().replaceAll('-', '').repeat(2)

export function versionOf(quizId: string, number: number, digest = digestLike()): StoredVersion {
  const [paperDigest, keyDigest] = [digestLike(), digestLike()]
  const common = { quizId, number, title: 'Quiz', paperDigest, keyDigest }
  const version: Version = {
    ...common,
    digest,
    ownerId: author.personId,
    questionCount: 0,
    maxMarks: '0',
    publishedAt: at(0),
    publishedBy: author,
    content: { ...common, schema: 1, intro: emptyText, sections: [], settings: defaultSettings, questions: [] },
  }
  return {
    version,
    paper: { schema: 1, quizId, title: 'Quiz', introHtml: '', sections: [], questions: [] },
    key: { schema: 1, quizId, paperDigest, questions: [] },
    event: { ...common, digest, ownerId: author.personId },
  }
}
