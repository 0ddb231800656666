import { PageQuery, pageOf } from '@hourglass/kit/paging'
import { z } from 'zod'
import { PersonName } from '../marks/model'
import { QuestionView, RightAnswer } from '../review/model'
import { Correction, CorrectionNote } from './correction'

const place = { examId: z.uuid(), questionId: z.string().min(1).max(40) }
const example = {
  examId: '0199a0c0-0000-7000-8000-000000000001',
  questionId: 'q3',
  correction: { mode: 'accept', answer: { kind: 'choice', choiceId: 'c2', weight: '100' } },
}

export const RegradeQuery = PageQuery.extend({ examId: z.uuid() })
export type RegradeQuery = z.infer<typeof RegradeQuery>

export const PreviewRequest = z
  .strictObject({ ...place, correction: Correction, ...PageQuery.shape })
  .meta({ examples: [{ ...example, limit: 50 }] })
export type PreviewRequest = z.infer<typeof PreviewRequest>

export const NewRegrade = z
  .strictObject({
    ...place,
    correction: Correction,
    /** Students whose marks may be seen read it in their review. */
    reason: z
      .string()
      .trim()
      .min(1)
      .max(2_000)
      .refine((text) => !text.includes('\0'), 'no U+0000'),
    /** Of the preview: refused (`stale`) when somebody corrected the exam since. */
    gradingVersion: z.int().positive(),
  })
  .meta({ examples: [{ ...example, reason: 'Option 2 is right as well.', gradingVersion: 1 }] })
export type NewRegrade = z.infer<typeof NewRegrade>

export const UndoRegrade = z
  .strictObject({ gradingVersion: z.int().positive() })
  .meta({ examples: [{ gradingVersion: 2 }] })

/** An attempt whose marks would change, with its totals before and after. */
export const Move = z.object({
  attemptId: z.uuid(),
  person: PersonName,
  number: z.int(),
  marks: z.object({ before: z.string(), after: z.string() }),
  maxMarks: z.object({ before: z.string(), after: z.string() }),
  percent: z.object({ before: z.string().nullable(), after: z.string().nullable() }),
})
export type Move = z.infer<typeof Move>

/** What a correction would do, before anything is done. The largest changes of percent come first. */
export const RegradePreview = pageOf(Move).extend({
  /** Send it with the correction. */
  gradingVersion: z.int(),
  /** Marked attempts that had the question, by what would happen to their percentage. */
  counts: z.object({ raised: z.int(), lowered: z.int(), unchanged: z.int() }),
  /** Attempts whose mark for this question was given by a person and stays. */
  keptByHand: z.int(),
  /** Mean percentage of these attempts; `null` where there is none. */
  mean: z.object({ before: z.number().nullable(), after: z.number().nullable() }),
})
export type RegradePreview = z.infer<typeof RegradePreview>

export const Regrade = z.object({
  regradeId: z.uuid(),
  examId: z.uuid(),
  number: z.int(),
  questionId: z.string(),
  correction: Correction,
  reason: z.string(),
  decidedBy: PersonName,
  decidedAt: z.iso.datetime(),
  /** `null` while it holds. */
  undone: z.object({ by: PersonName, at: z.iso.datetime() }).nullable(),
})
export type Regrade = z.infer<typeof Regrade>

/** A question as it is marked now, for whoever thinks of correcting it. */
export const CorrectableQuestion = QuestionView.extend({
  maxMarks: z.string(),
  rightAnswer: RightAnswer.nullable(),
  corrections: z.array(CorrectionNote),
})
export type CorrectableQuestion = z.infer<typeof CorrectableQuestion>

/** The corrections of an exam, the newest first, and its questions without descriptions; none while they are on their way. */
export const RegradePage = pageOf(Regrade).extend({
  gradingVersion: z.int(),
  questions: z.array(CorrectableQuestion),
})
export type RegradePage = z.infer<typeof RegradePage>
