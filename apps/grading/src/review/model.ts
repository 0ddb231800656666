import { Response } from '@hourglass/questions/response'
import { z } from 'zod'
import { CorrectionNote } from '../regrades/correction'

const option = z.object({ id: z.string(), html: z.string() })

/** A question as the paper shows it, without the answer. Only the members of its type are there. */
export const QuestionView = z.object({
  questionId: z.string(),
  /** From 1, in the order in which the student saw them; `null` for a description. */
  number: z.int().nullable(),
  type: z.enum([
    'single-choice',
    'multiple-choice',
    'true-false',
    'short-answer',
    'numeric',
    'matching',
    'ordering',
    'gap-fill',
    'essay',
    'description',
  ]),
  html: z.string(),
  choices: z.array(option).optional(),
  prompts: z.array(option).optional(),
  options: z.array(option).optional(),
  items: z.array(option).optional(),
  gaps: z
    .array(
      z.object({ id: z.string(), kind: z.enum(['choice', 'short', 'numeric']), choices: z.array(option).optional() }),
    )
    .optional(),
})
export type QuestionView = z.infer<typeof QuestionView>

/** The right answer, to be shown beside the question. `texts` and `numbers` list everything that earns full marks. */
export const RightAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('choices'), choiceIds: z.array(z.string()) }),
  z.object({ kind: z.literal('truth'), value: z.boolean() }),
  z.object({ kind: z.literal('texts'), texts: z.array(z.string()) }),
  z.object({ kind: z.literal('numbers'), texts: z.array(z.string()) }),
  /** Prompt id → option id. */
  z.object({ kind: z.literal('pairs'), pairs: z.record(z.string(), z.string()) }),
  z.object({ kind: z.literal('order'), itemIds: z.array(z.string()) }),
  /** Gap id → choice ids for a choice, texts for others. */
  z.object({ kind: z.literal('gaps'), gaps: z.record(z.string(), z.array(z.string())) }),
])
export type RightAnswer = z.infer<typeof RightAnswer>

export const Phase = z.enum(['during', 'justAfter', 'whileOpen', 'afterClose'])
export type Phase = z.infer<typeof Phase>

/** A member that is absent may not be seen in this phase. */
export const ReviewQuestion = z.object({
  questionId: z.string(),
  number: z.int().nullable(),
  type: QuestionView.shape.type,
  /** As the paper promised; with `marks`, as they count: 0 for a question that was dropped. */
  maxMarks: z.string(),
  /** With `response` or `rightAnswer`. */
  view: QuestionView.optional(),
  /** With `response`; `null` when nothing was answered. */
  response: Response.nullable().optional(),
  /** With `correctness`. */
  state: z.enum(['correct', 'partial', 'wrong', 'unanswered', 'not-marked']).optional(),
  isCorrect: z.boolean().nullable().optional(),
  /** With `marks`. */
  marks: z.string().nullable().optional(),
  /** With `marks`: what was corrected after the exam, and why. */
  corrections: z.array(CorrectionNote).optional(),
  /** With `feedback`. */
  feedbackHtml: z.array(z.string()).optional(),
  explanationHtml: z.string().optional(),
  comment: z.string().optional(),
  /** With `rightAnswer`; `null` for essays and descriptions. */
  rightAnswer: RightAnswer.nullable().optional(),
})
export type ReviewQuestion = z.infer<typeof ReviewQuestion>

export const Review = z.object({
  attemptId: z.uuid(),
  examId: z.uuid(),
  examTitle: z.string(),
  number: z.int(),
  phase: Phase,
  isReleased: z.boolean(),
  startedAt: z.iso.datetime(),
  sealedAt: z.iso.datetime().nullable(),
  marks: z.string().optional(),
  maxMarks: z.string().optional(),
  percent: z.string().nullable().optional(),
  /** Empty while nothing may be seen. */
  questions: z.array(ReviewQuestion),
})
export type Review = z.infer<typeof Review>
