import { z } from 'zod'
import { Decimal } from './question'

/**
 * What a student may see of a question. Nothing in it, its order included, tells the answer: `options` of a matching
 * question and `items` of an ordering question stand in the order of their text.
 */
const common = { id: z.string(), html: z.string(), maxMarks: Decimal }
const options = z.array(z.strictObject({ id: z.string(), html: z.string() }))

export const PaperGap = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('choice'), id: z.string(), choices: options, shuffle: z.boolean() }),
  z.strictObject({ kind: z.literal('short'), id: z.string() }),
  z.strictObject({ kind: z.literal('numeric'), id: z.string(), units: z.array(z.string()) }),
])
export type PaperGap = z.infer<typeof PaperGap>

export const PaperQuestion = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('single-choice'), ...common, choices: options, shuffle: z.boolean() }),
  z.strictObject({ type: z.literal('multiple-choice'), ...common, choices: options, shuffle: z.boolean() }),
  z.strictObject({ type: z.literal('true-false'), ...common }),
  z.strictObject({ type: z.literal('short-answer'), ...common }),
  z.strictObject({ type: z.literal('numeric'), ...common, units: z.array(z.string()) }),
  z.strictObject({ type: z.literal('matching'), ...common, prompts: options, options, shuffle: z.boolean() }),
  z.strictObject({ type: z.literal('ordering'), ...common, items: options }),
  /** Each gap stands in `html` as `<span data-gap="id"></span>`. */
  z.strictObject({ type: z.literal('gap-fill'), ...common, gaps: z.array(PaperGap) }),
  z.strictObject({
    type: z.literal('essay'),
    ...common,
    template: z.string(),
    maxWords: z.int().positive().nullable(),
  }),
  z.strictObject({ type: z.literal('description'), ...common }),
])
export type PaperQuestion = z.infer<typeof PaperQuestion>

/** One place in a section: a question that everybody gets, or some drawn from a pool for each attempt. */
export const PaperItem = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fixed'), questionId: z.string() }),
  z.strictObject({ kind: z.literal('draw'), count: z.int().positive(), pool: z.array(z.string()) }),
])
export type PaperItem = z.infer<typeof PaperItem>

export const PaperSection = z.strictObject({
  id: z.string(),
  title: z.string(),
  introHtml: z.string(),
  shuffleQuestions: z.boolean(),
  items: z.array(PaperItem),
})
export type PaperSection = z.infer<typeof PaperSection>

/** The published quiz as a student may see it; stored under the digest of its canonical JSON. */
export const Paper = z.strictObject({
  schema: z.literal(1),
  quizId: z.string(),
  title: z.string(),
  introHtml: z.string(),
  sections: z.array(PaperSection),
  questions: z.array(PaperQuestion),
})
export type Paper = z.infer<typeof Paper>
