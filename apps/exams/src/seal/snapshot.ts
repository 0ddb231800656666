import { Response } from '@hourglass/questions/response'
import { z } from 'zod'

/** An attempt's answers, frozen; stored and sent as canonical JSON under its SHA-256 digest. */
export const Snapshot = z.strictObject({
  schema: z.literal(1),
  attemptId: z.uuid(),
  examId: z.uuid(),
  personId: z.uuid(),
  number: z.int().positive(),
  /** 1 at the seal, one more each time that late answers were taken in. The highest is what counts. */
  revision: z.int().positive(),
  versionDigest: z.string(),
  paperDigest: z.string(),
  seed: z.string(),
  certainty: z.boolean(),
  /** Whether the seed also orders the options; snapshots from before this was said do not tell. */
  shuffleOptions: z.boolean().optional(),
  /** In the order of this attempt's arranged paper, descriptions among them. */
  questionIds: z.array(z.string()),
  startedAt: z.iso.datetime(),
  sealedAt: z.iso.datetime(),
  cause: z.enum(['submitted', 'deadline', 'teacher', 'late-accepted']),
  answers: z.array(
    z.strictObject({
      questionId: z.string(),
      seq: z.int(),
      response: Response,
      storedAt: z.iso.datetime(),
      isLate: z.boolean(),
    }),
  ),
})
export type Snapshot = z.infer<typeof Snapshot>
