import { Role } from '@hourglass/kit/auth/principal'
import { PageQuery } from '@hourglass/kit/paging'
import { z } from 'zod'
import { Line } from '../text'

export const Class = z.object({
  id: z.uuid(),
  name: z.string(),
  isArchived: z.boolean(),
  revision: z.int(),
  students: z.int(),
  teachers: z.int(),
  createdAt: z.iso.datetime(),
})
export type Class = z.infer<typeof Class>

export const NewClass = z.strictObject({ name: Line(200) })
export type NewClass = z.infer<typeof NewClass>

export const ClassPatch = z.strictObject({ name: Line(200).optional(), isArchived: z.boolean().optional() })
export type ClassPatch = z.infer<typeof ClassPatch>

export const ClassesQuery = PageQuery.extend({
  query: Line(100).optional(),
  archived: z.enum(['true', 'false']).default('false'),
})
export type ClassesQuery = z.infer<typeof ClassesQuery>

export const MemberRole = z.enum(['student', 'teacher'])
export const Groups = z.array(Line(80)).max(20)

export const Membership = z.strictObject({
  role: MemberRole,
  groups: Groups.default([]).transform((groups) => [...new Set(groups)].toSorted()),
})
export type Membership = z.infer<typeof Membership>

export const Member = z.object({
  person: z.object({
    id: z.uuid(),
    name: z.string(),
    email: z.string(),
    role: Role,
    isActive: z.boolean(),
    hasPassword: z.boolean(),
  }),
  role: MemberRole,
  groups: z.array(z.string()),
})
export type Member = z.infer<typeof Member>

export const MembersQuery = PageQuery.extend({ query: Line(100).optional() })
export type MembersQuery = z.infer<typeof MembersQuery>
