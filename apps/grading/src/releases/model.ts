import { z } from 'zod'

/** Whether students may see an exam's complete results, as far as its review options go. */
export const Release = z.object({
  examId: z.uuid(),
  title: z.string(),
  /** `automatic`: nobody decided anything, each result is out as soon as it is complete. */
  state: z.enum(['withheld', 'automatic', 'released', 'withdrawn']),
  /** `null` while nobody has decided anything. */
  decidedAt: z.iso.datetime().nullable(),
  decidedBy: z.object({ personId: z.uuid(), name: z.string() }).nullable(),
  /** Attempts whose result is complete, and those that wait for a person's mark or for marking at all. */
  complete: z.int(),
  waiting: z.int(),
})
export type Release = z.infer<typeof Release>

export const NewRelease = z
  .strictObject({ examId: z.uuid() })
  .meta({ examples: [{ examId: '0199a0c0-0000-7000-8000-000000000001' }] })
export type NewRelease = z.infer<typeof NewRelease>
