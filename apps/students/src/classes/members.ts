import type { Db } from '@hourglass/kit/db/connect'
import { ConflictError, NotFoundError, UnprocessableError } from '@hourglass/kit/errors'
import { decodeCursor, toPage } from '@hourglass/kit/paging'
import { and, asc, eq, ne, or, sql } from 'drizzle-orm'
import type { Viewer } from '../people/visibility'
import { members, people } from '../schema'
import { lockClass, readClass } from './access'
import type { Member, Membership, MembersQuery } from './model'
import { tellClass } from './tell-class'

export async function listMembers(db: Db, viewer: Viewer, classId: string, { query, limit, cursor }: MembersQuery) {
  await readClass(db, viewer, classId)
  const [name, id] = decodeCursor(cursor, 2) ?? []
  const words = query ? `%${query.replace(/[\\%_]/g, '\\$&')}%` : null
  const rows = await db
    .select({ member: members, person: people })
    .from(members)
    .innerJoin(people, eq(people.id, members.personId))
    .where(
      and(
        eq(members.classId, classId),
        words ? or(sql`${people.name} ilike ${words}`, sql`${people.email} ilike ${words}`) : undefined,
        name !== undefined ? sql`(${people.name}, ${people.id}::text) > (${name}, ${id})` : undefined,
      ),
    )
    .orderBy(asc(people.name), asc(sql`${people.id}::text`))
    .limit(limit + 1)
  return toPage(rows, limit, toMember, ({ person }) => [person.name, person.id])
}

/**
 * Adds a person to a class, or changes their part in it. Throws a NotFoundError for nobody, and an UnprocessableError
 * (`not-a-teacher`) for a student who should teach.
 */
export async function putMember(
  db: Db,
  viewer: Viewer,
  { classId, personId, membership }: { classId: string; personId: string; membership: Membership },
): Promise<Member> {
  return db.transaction(async (tx) => {
    await lockClass(tx, viewer, classId)
    const [person] = await tx.select().from(people).where(eq(people.id, personId))
    if (!person) throw new NotFoundError('person')
    if (membership.role === 'teacher' && person.role === 'student') {
      throw new UnprocessableError('not-a-teacher', `${person.name} has a student's account and cannot teach a class.`)
    }
    if (membership.role === 'student') await assertOtherTeacher(tx, viewer, classId, personId)
    const [member] = await tx
      .insert(members)
      .values({ classId, personId, ...membership })
      .onConflictDoUpdate({ target: [members.classId, members.personId], set: membership })
      .returning()
    if (!member) throw new Error('insert returned no row')
    await tellClass(tx, classId)
    return toMember({ member, person })
  })
}

/** Removes a person from a class; what they wrote and got in its exams stays. Throws a NotFoundError. */
export async function removeMember(db: Db, viewer: Viewer, classId: string, personId: string): Promise<void> {
  await db.transaction(async (tx) => {
    await lockClass(tx, viewer, classId)
    await assertOtherTeacher(tx, viewer, classId, personId)
    const gone = await tx
      .delete(members)
      .where(and(eq(members.classId, classId), eq(members.personId, personId)))
      .returning()
    if (gone.length === 0) throw new NotFoundError('member')
    await tellClass(tx, classId)
  })
}

/** A teacher cannot leave a class that nobody else teaches: it would be out of reach of all but admins. */
async function assertOtherTeacher(tx: Db, viewer: Viewer, classId: string, personId: string): Promise<void> {
  if (viewer.role === 'admin') return
  const isTeacherHere = and(eq(members.classId, classId), eq(members.role, 'teacher'))
  if ((await tx.$count(members, and(isTeacherHere, eq(members.personId, personId)))) === 0) return
  if ((await tx.$count(members, and(isTeacherHere, ne(members.personId, personId)))) > 0) return
  throw new ConflictError('last-teacher', 'Nobody else teaches this class. Add another teacher first.')
}

type Row = { member: typeof members.$inferSelect; person: typeof people.$inferSelect }

const toMember = ({ member, person }: Row): Member => ({
  person: {
    id: person.id,
    name: person.name,
    email: person.email,
    role: person.role,
    isActive: person.isActive,
    hasPassword: person.passwordHash !== null,
  },
  role: member.role,
  groups: member.groups,
})
