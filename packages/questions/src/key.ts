import { z } from 'zod'
import { AcceptedNumber, AcceptedText, Decimal, Unit, Weight } from './question'

/** What marks a question. Texts are sanitised HTML, as in the paper. It never reaches the exam room. */
const common = { id: z.string(), maxMarks: Decimal, explanationHtml: z.string() }

const choices = { choices: z.array(z.strictObject({ id: z.string(), weight: Weight, feedbackHtml: z.string() })) }
const text = {
  accepted: z.array(AcceptedText.omit({ feedback: true }).extend({ feedbackHtml: z.string() })),
  caseSensitive: z.boolean(),
}
const number = {
  accepted: z.array(AcceptedNumber.omit({ feedback: true }).extend({ feedbackHtml: z.string() })),
  units: z.array(Unit),
  unitRule: z.enum(['none', 'optional', 'required']),
}

export const KeyGap = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('choice'), id: z.string(), share: Decimal, ...choices }),
  z.strictObject({ kind: z.literal('short'), id: z.string(), share: Decimal, ...text }),
  z.strictObject({ kind: z.literal('numeric'), id: z.string(), share: Decimal, ...number }),
])
export type KeyGap = z.infer<typeof KeyGap>

export const KeyQuestion = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('single-choice'), ...common, ...choices }),
  z.strictObject({ type: z.literal('multiple-choice'), ...common, ...choices }),
  z.strictObject({
    type: z.literal('true-false'),
    ...common,
    answer: z.boolean(),
    feedbackTrueHtml: z.string(),
    feedbackFalseHtml: z.string(),
  }),
  z.strictObject({ type: z.literal('short-answer'), ...common, ...text }),
  z.strictObject({ type: z.literal('numeric'), ...common, ...number }),
  /** Prompt id → option id. */
  z.strictObject({ type: z.literal('matching'), ...common, pairs: z.record(z.string(), z.string()) }),
  /** Item ids in the right order. */
  z.strictObject({
    type: z.literal('ordering'),
    ...common,
    order: z.array(z.string()),
    credit: z.enum(['exact', 'position', 'pairs']),
  }),
  z.strictObject({ type: z.literal('gap-fill'), ...common, gaps: z.array(KeyGap) }),
  z.strictObject({ type: z.literal('essay'), ...common, markingNotesHtml: z.string() }),
  z.strictObject({ type: z.literal('description'), ...common }),
])
export type KeyQuestion = z.infer<typeof KeyQuestion>
export type KeyOf<T extends KeyQuestion['type']> = Extract<KeyQuestion, { type: T }>

/** What marks a published quiz; stored under the digest of its canonical JSON. It names the paper that it belongs to. */
export const Key = z.strictObject({
  schema: z.literal(1),
  quizId: z.string(),
  paperDigest: z.string(),
  questions: z.array(KeyQuestion),
})
export type Key = z.infer<typeof Key>
