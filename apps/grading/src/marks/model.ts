import { PageQuery, pageOf } from '@hourglass/kit/paging'
import { Response } from '@hourglass/questions/response'
import { z } from 'zod'

export const PersonName = z.object({ personId: z.uuid(), name: z.string() })

/** A mark that a person gave; every revision is kept. */
export const GivenMark = z.object({
  revision: z.int(),
  marks: z.string(),
  comment: z.string(),
  markedBy: PersonName,
  markedAt: z.iso.datetime(),
  /** False when the answer changed afterwards (a late arrival was accepted): the mark no longer counts. */
  isCurrent: z.boolean(),
})
export type GivenMark = z.infer<typeof GivenMark>

/** An answer for a person to mark. */
export const AnswerToMark = z.object({
  attemptId: z.uuid(),
  questionId: z.string(),
  /** `null` when the queue is asked for anonymously. */
  person: PersonName.nullable(),
  response: Response.nullable(),
  state: z.enum(['correct', 'partial', 'wrong', 'unanswered', 'needs-marking', 'not-marked']),
  marks: z.string().nullable(),
  maxMarks: z.string(),
  /** The newest mark given; `null` if none was. */
  given: GivenMark.nullable(),
  /** Send it back with a mark: 0 before the first. */
  revision: z.int(),
  /** Names the answer as it was read; send it back too. */
  responseDigest: z.string(),
})
export type AnswerToMark = z.infer<typeof AnswerToMark>

export const QuestionToMark = z.object({
  questionId: z.string(),
  number: z.int(),
  type: z.string(),
  html: z.string(),
  /** For markers; empty but for essays. */
  markingNotesHtml: z.string(),
  maxMarks: z.string(),
  pending: z.int(),
  marked: z.int(),
})
export type QuestionToMark = z.infer<typeof QuestionToMark>

export const MarksQuery = PageQuery.extend({
  examId: z.uuid(),
  questionId: z.string().max(40).optional(),
  /** `pending`: still to be marked. `all`: those that a person has marked as well. */
  state: z.enum(['pending', 'all']).default('pending'),
  anonymous: z.stringbool().default(false),
})
export type MarksQuery = z.infer<typeof MarksQuery>

export const MarkingQueue = pageOf(AnswerToMark).extend({ questions: z.array(QuestionToMark) })
export type MarkingQueue = z.infer<typeof MarkingQueue>

export const NewMark = z
  .strictObject({
    /** Not negative, at most five places, at most the question's maximum. */
    marks: z.string().regex(/^\d{1,7}(\.\d{1,5})?$/, 'a decimal number such as 2.5, five places at most'),
    // PostgreSQL's text cannot hold U+0000.
    comment: z
      .string()
      .max(20_000)
      .refine((text) => !text.includes('\0'), 'no U+0000')
      .default(''),
    /** The `revision` of the answer as it was read. */
    revision: z.int().nonnegative(),
    /** When given, the mark is refused (`answer-changed`) if the answer is another one by now. */
    responseDigest: z.string().length(64).optional(),
  })
  .meta({ examples: [{ marks: '2.5', comment: 'Well argued.', revision: 0 }] })
export type NewMark = z.infer<typeof NewMark>

export const MarkStored = z.object({
  attemptId: z.uuid(),
  questionId: z.string(),
  revision: z.int(),
  marks: z.string(),
  comment: z.string(),
  markedAt: z.iso.datetime(),
  /** Of the attempt, after this mark. */
  attempt: z.object({ needsMarking: z.boolean(), marks: z.string(), maxMarks: z.string() }),
})
export type MarkStored = z.infer<typeof MarkStored>
