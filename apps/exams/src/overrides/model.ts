import { pageOf } from '@hourglass/kit/paging'
import { z } from 'zod'
import { AttemptsAllowed, LimitSeconds, Password } from '../exams/model'

const instant = z.iso.datetime()
const fields = {
  /** Absent: as without this override. `null`: without limit. */
  opensAt: instant.nullable().optional(),
  closesAt: instant.nullable().optional(),
  limitSeconds: LimitSeconds.nullable().optional(),
  attemptsAllowed: AttemptsAllowed.nullable().optional(),
}
const reason = z.string().max(1_000).default('')

/** An exception for one student or for one group of the class: exactly one of `personId` and `group`. */
export const NewOverride = z.strictObject({
  examId: z.uuid(),
  personId: z.uuid().optional(),
  group: z.string().min(1).max(100).optional(),
  ...fields,
  password: Password.nullable().optional(),
  reason,
})
export type NewOverride = z.infer<typeof NewOverride>

/** Replaces all fields. `keepPassword`: the password that this override sets stays, since nobody can read it back. */
export const OverrideChange = z.strictObject({
  ...fields,
  password: Password.nullable().optional(),
  keepPassword: z.boolean().default(false),
  reason,
})
export type OverrideChange = z.infer<typeof OverrideChange>

export const Override = z.object({
  overrideId: z.uuid(),
  examId: z.uuid(),
  personId: z.uuid().nullable(),
  group: z.string().nullable(),
  ...fields,
  /** Absent: not overridden. */
  hasPassword: z.boolean().optional(),
  reason: z.string(),
})
export type Override = z.infer<typeof Override>
export const OverridePage = pageOf(Override)
