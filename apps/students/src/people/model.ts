import { Role } from '@hourglass/kit/auth/principal'
import { PageQuery } from '@hourglass/kit/paging'
import { z } from 'zod'
import { Email, Line } from '../text'

export const Person = z.object({
  id: z.uuid(),
  role: Role,
  name: z.string(),
  email: z.string(),
  isActive: z.boolean(),
  /** False until the invitation is accepted. */
  hasPassword: z.boolean(),
  createdAt: z.iso.datetime(),
})
export type Person = z.infer<typeof Person>

export const NewPerson = z.strictObject({ role: Role, name: Line(200), email: Email })
export type NewPerson = z.infer<typeof NewPerson>

export const PersonPatch = z.strictObject({
  role: Role.optional(),
  name: Line(200).optional(),
  email: Email.optional(),
  isActive: z.boolean().optional(),
})
export type PersonPatch = z.infer<typeof PersonPatch>

/** `query`: part of a name or an address. `email`: exactly this address, which is how a teacher finds whom to add. */
export const PeopleQuery = PageQuery.extend({
  query: Line(100).optional(),
  role: Role.optional(),
  email: Email.optional(),
})
export type PeopleQuery = z.infer<typeof PeopleQuery>
