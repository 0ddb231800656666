import { TimeFactor } from '@hourglass/events/contracts'
import { z } from 'zod'

const note = z.string().max(2_000)

/** A student's standing profile: it applies to every exam, its limit and its close. */
export const Accommodation = z.object({
  personId: z.uuid(),
  name: z.string(),
  email: z.string(),
  timeFactor: TimeFactor,
  extraMinutes: z.int(),
  note: z.string(),
})
export type Accommodation = z.infer<typeof Accommodation>

export const AccommodationList = z.object({ items: z.array(Accommodation) })

export const AccommodationChange = z.strictObject({
  timeFactor: TimeFactor,
  /** Added after the factor, to the limit and to the close. */
  extraMinutes: z.int().min(0).max(1_440),
  note: note
    .refine((text) => !text.includes('\0') && text.isWellFormed(), 'has characters that cannot be stored')
    .default(''),
})
export type AccommodationChange = z.infer<typeof AccommodationChange>
