import { pageOf } from '@hourglass/kit/paging'
import { Decimal, Question, RichText } from '@hourglass/questions/question'
import { z } from 'zod'
import { Author, Digest, QuizSettings } from '../quizzes/model'

const marks = Decimal.nullable()

/** As in the draft, but a draw names its pool: what the tag means later changes nothing. */
export const VersionItem = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fixed'), questionId: z.string(), maxMarks: marks }),
  z.strictObject({
    kind: z.literal('draw'),
    tag: z.string(),
    count: z.int().positive(),
    maxMarks: marks,
    pool: z.array(z.string()),
  }),
])
export type VersionItem = z.infer<typeof VersionItem>

export const VersionSection = z.strictObject({
  id: z.string(),
  title: z.string(),
  intro: RichText,
  shuffleQuestions: z.boolean(),
  items: z.array(VersionItem),
})
export type VersionSection = z.infer<typeof VersionSection>

/** What was published, whole and immutable. The version's digest is the SHA-256 of the canonical JSON of this. */
export const VersionContent = z.strictObject({
  schema: z.literal(1),
  quizId: z.string(),
  number: z.int().positive(),
  title: z.string(),
  intro: RichText,
  sections: z.array(VersionSection),
  settings: QuizSettings,
  /** As they were written, with the marks that hold in this version. */
  questions: z.array(Question),
  paperDigest: Digest,
  keyDigest: Digest,
})
export type VersionContent = z.infer<typeof VersionContent>

export const VersionSummary = z.object({
  digest: Digest,
  quizId: z.string(),
  number: z.int().positive(),
  title: z.string(),
  ownerId: z.string(),
  paperDigest: Digest,
  keyDigest: Digest,
  /** What one attempt holds. */
  questionCount: z.int(),
  maxMarks: Decimal,
  publishedAt: z.iso.datetime(),
  publishedBy: Author,
})
export type VersionSummary = z.infer<typeof VersionSummary>

export const Version = VersionSummary.extend({ content: VersionContent })
export type Version = z.infer<typeof Version>

export const VersionPage = pageOf(VersionSummary)

/** One difference in words: `what` is "title", "option 2, weight", … (see `changeWords`); an absent side is `null`. */
export const Change = z.object({ what: z.string(), before: z.string().nullable(), after: z.string().nullable() })
export type Change = z.infer<typeof Change>

/** Where a question stands: its section, and its place there or the tag that it is drawn by. */
export const Standing = z.object({
  /** Empty where the section has no title. */
  section: z.string(),
  sectionNumber: z.int(),
  place: z.int().nullable(),
  tag: z.string().nullable(),
})
export type Standing = z.infer<typeof Standing>

export const QuestionDifference = z.object({
  kind: z.enum(['added', 'removed', 'moved', 'changed']),
  questionId: z.string(),
  title: z.string(),
  /** Where it stands, or stood: "Algebra, place 3". */
  place: z.string(),
  /** The same, in parts. */
  at: Standing,
  /** Where it stood before it moved. */
  from: Standing.nullable(),
  changes: z.array(Change),
})
export type QuestionDifference = z.infer<typeof QuestionDifference>

const side = z.object({ digest: Digest, number: z.int(), publishedAt: z.iso.datetime() })

export const VersionDifference = z.object({
  /** The side that `against` names; `null` when there is nothing before the first version. */
  before: side.nullable(),
  after: side,
  quiz: z.array(Change),
  questions: z.array(QuestionDifference),
  /** The whole in sentences, one a line. */
  summary: z.array(z.string()),
})
export type VersionDifference = z.infer<typeof VersionDifference>
