import { toCanonicalJson } from '@hourglass/questions/canonical'
import { Response } from '@hourglass/questions/response'
import { z } from 'zod'

/**
 * What grading reads of a sealed attempt; the exam room may say more, and its digest covers all of it. `questionIds` are the
 * questions of this attempt in the student's order. A question that is not among `answers` was not answered.
 */
export const Snapshot = z.looseObject({
  attemptId: z.uuid(),
  examId: z.uuid(),
  personId: z.uuid(),
  paperDigest: z.string(),
  /** What the student's order of options follows from; snapshots from before this was said have the paper's. */
  seed: z.string().default(''),
  shuffleOptions: z.boolean().default(false),
  questionIds: z.array(z.string()),
  answers: z.array(z.looseObject({ questionId: z.string(), response: Response })),
})
export type Snapshot = z.infer<typeof Snapshot>

/** The kept text of a snapshot: the very bytes that its digest names. */
export const toSnapshotText = (body: unknown): string => toCanonicalJson(body)

/** Throws a ZodError when the text is no snapshot: an answer that cannot be read must never pass for an empty one. */
export const readSnapshot = (text: string): Snapshot => Snapshot.parse(JSON.parse(text))

export const responsesOf = (snapshot: Snapshot): ReadonlyMap<string, Response> =>
  new Map(snapshot.answers.map(({ questionId, response }) => [questionId, response]))
