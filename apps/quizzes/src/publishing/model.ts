import { z } from 'zod'
import { VersionSummary } from '../versions/model'

/** Why a quiz cannot be published. `questionId` is `null` where the fault is the quiz's or a section's. */
export const Fault = z.object({
  questionId: z.string().nullable(),
  title: z.string(),
  section: z.string(),
  message: z.string(),
})
export type Fault = z.infer<typeof Fault>

export const Check = z.object({ isPublishable: z.boolean(), faults: z.array(Fault) })

/** `revision`: the draft that the publisher saw; a newer one is refused with 409. */
export const PublishRequest = z.strictObject({ revision: z.int().positive().optional() }).default({})
export type PublishRequest = z.infer<typeof PublishRequest>

/** `isNew` is false when the latest version holds the very same: then that one is answered and nothing is told. */
export const Published = VersionSummary.extend({ isNew: z.boolean() })
export type Published = z.infer<typeof Published>
