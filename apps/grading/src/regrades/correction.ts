import { Decimal, Weight } from '@hourglass/questions/question'
import { z } from 'zod'

const weight = Weight.default('100')
/** Of a gap-fill question the gap that takes the answer; absent for every other type. */
const gapId = z.string().min(1).max(40).optional()

/** One more answer that earns `weight` percent of the question's (or gap's) marks. */
export const AcceptedAnswer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('choice'), choiceId: z.string().min(1).max(40), weight, gapId }),
  z.strictObject({ kind: z.literal('text'), pattern: z.string().trim().min(1).max(1_000), weight, gapId }),
  z.strictObject({ kind: z.literal('number'), value: Decimal, tolerance: Decimal.default('0'), weight, gapId }),
])
export type AcceptedAnswer = z.infer<typeof AcceptedAnswer>

/**
 * What a teacher decides about one question after the exam was sat.
 * `drop`: it counts for nobody, and the maximum is that much lower. `full-credit`: everybody who had it earns its marks,
 * answered or not. `accept`: one more answer is right. `rescore`: it is marked by the key of another version of the same quiz.
 */
export const Correction = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('drop') }),
  z.strictObject({ mode: z.literal('full-credit') }),
  z.strictObject({ mode: z.literal('accept'), answer: AcceptedAnswer }),
  z.strictObject({
    mode: z.literal('rescore'),
    keyDigest: z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hexadecimal'),
  }),
])
export type Correction = z.infer<typeof Correction>

/** What a result says of a correction to those who see its marks. */
export const CorrectionNote = z.object({
  mode: z.enum(['drop', 'full-credit', 'accept', 'rescore']),
  reason: z.string(),
})
export type CorrectionNote = z.infer<typeof CorrectionNote>
