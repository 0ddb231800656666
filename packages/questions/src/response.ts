import { z } from 'zod'

const id = z.string().min(1).max(40)
const line = z.string().max(2_000)

/** 1 low, 2 medium, 3 high; used by exams with certainty-based marking. */
export const Certainty = z.union([z.literal(1), z.literal(2), z.literal(3)])
export type Certainty = z.infer<typeof Certainty>

/** What a student answered to one question. An empty answer is a `null`, an empty text or an empty list, never absent. */
export const Response = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('single-choice'), choice: id.nullable(), certainty: Certainty.optional() }),
  z.strictObject({
    type: z.literal('multiple-choice'),
    choices: z.array(id).max(100),
    certainty: Certainty.optional(),
  }),
  z.strictObject({ type: z.literal('true-false'), value: z.boolean().nullable(), certainty: Certainty.optional() }),
  z.strictObject({ type: z.literal('short-answer'), text: line, certainty: Certainty.optional() }),
  z.strictObject({
    type: z.literal('numeric'),
    text: line,
    unit: z.string().max(40).nullable(),
    certainty: Certainty.optional(),
  }),
  z.strictObject({ type: z.literal('matching'), pairs: z.record(id, id), certainty: Certainty.optional() }),
  z.strictObject({ type: z.literal('ordering'), order: z.array(id).max(100), certainty: Certainty.optional() }),
  /** Gap id → text, or the id of a choice. */
  z.strictObject({ type: z.literal('gap-fill'), gaps: z.record(id, line), certainty: Certainty.optional() }),
  z.strictObject({ type: z.literal('essay'), text: z.string().max(200_000) }),
])
export type Response = z.infer<typeof Response>
export type ResponseOf<T extends Response['type']> = Extract<Response, { type: T }>
