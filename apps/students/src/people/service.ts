import { emit } from '@hourglass/events/outbox'
import type { Db } from '@hourglass/kit/db/connect'
import { ConflictError, NotFoundError } from '@hourglass/kit/errors'
import { decodeCursor, toPage } from '@hourglass/kit/paging'
import { and, asc, eq, ne, or, sql } from 'drizzle-orm'
import { events, people } from '../schema'
import { endSessionsOf } from '../sessions/refresh'
import type { NewPerson, PeopleQuery, Person, PersonPatch } from './model'
import { isKnownTo, isVisibleTo, type Viewer } from './visibility'

type Row = typeof people.$inferSelect

export async function listPeople(db: Db, viewer: Viewer, input: PeopleQuery) {
  const [name, id] = decodeCursor(input.cursor, 2) ?? []
  const words = input.query ? `%${input.query.replace(/[\\%_]/g, '\\$&')}%` : null
  const rows = await db
    .select()
    .from(people)
    .where(
      and(
        // Whoever knows the whole address may find its owner, or no teacher could add a student to a class.
        input.email ? eq(people.email, input.email) : isVisibleTo(db, viewer),
        input.role ? eq(people.role, input.role) : undefined,
        words ? or(sql`${people.name} ilike ${words}`, sql`${people.email} ilike ${words}`) : undefined,
        name !== undefined ? sql`(${people.name}, ${people.id}::text) > (${name}, ${id})` : undefined,
      ),
    )
    .orderBy(asc(people.name), asc(sql`${people.id}::text`))
    .limit(input.limit + 1)
  return toPage(rows, input.limit, toPerson, (row) => [row.name, row.id])
}

/** Throws a NotFoundError for whom the viewer may not see, too. */
export async function getPerson(db: Db, viewer: Viewer, id: string): Promise<Person> {
  const [row] = await db
    .select()
    .from(people)
    .where(and(eq(people.id, id), isKnownTo(db, viewer)))
  if (!row) throw new NotFoundError('person')
  return toPerson(row)
}

/** Throws a ConflictError (`email-taken`). */
export async function createPerson(tx: Db, input: NewPerson): Promise<Person> {
  const [row] = await tx
    .insert(people)
    .values({ id: Bun.randomUUIDv7(), ...input })
    .onConflictDoNothing()
    .returning()
  if (!row) throw emailTaken(input.email)
  await tellPerson(tx, row)
  return toPerson(row)
}

/** Changes a person. An inactive one is signed out everywhere; the last active admin stays one. */
export async function changePerson(db: Db, id: string, patch: PersonPatch): Promise<Person> {
  return db.transaction(async (tx) => {
    // All admins in one order, so that two of them cannot take the role from each other at once.
    await tx.select({ id: people.id }).from(people).where(eq(people.role, 'admin')).orderBy(people.id).for('update')
    const [before] = await tx.select().from(people).where(eq(people.id, id)).for('update')
    if (!before) throw new NotFoundError('person')
    if (patch.email && patch.email !== before.email) {
      if ((await tx.$count(people, eq(people.email, patch.email))) > 0) throw emailTaken(patch.email)
    }
    const [row] = await tx
      .update(people)
      .set({ ...patch, revision: before.revision + 1 })
      .where(eq(people.id, id))
      .returning()
    if (!row) throw new Error('update returned no row')
    const wasAdmin = before.role === 'admin' && before.isActive
    if (wasAdmin && (row.role !== 'admin' || !row.isActive)) await assertOtherAdmin(tx, id)
    // An access token says its role until it ends; the next one comes only with a new sign-in.
    if (!row.isActive || row.role !== before.role) await endSessionsOf(tx, id, 'deactivated')
    await tellPerson(tx, row)
    return toPerson(row)
  })
}

/** Tells the other services the whole of what they may know of a person. */
export async function tellPerson(tx: Db, row: Row): Promise<void> {
  const { id: personId, revision, role, name, email, isActive } = row
  await emit(tx, events.outbox, 'person.changed', { personId, revision, role, name, email, isActive })
}

const toPerson = (row: Row): Person => ({
  id: row.id,
  role: row.role,
  name: row.name,
  email: row.email,
  isActive: row.isActive,
  hasPassword: row.passwordHash !== null,
  createdAt: row.createdAt.toISOString(),
})

const emailTaken = (email: string) => new ConflictError('email-taken', `There is already an account for ${email}.`)

async function assertOtherAdmin(tx: Db, id: string): Promise<void> {
  const isOther = and(eq(people.role, 'admin'), eq(people.isActive, true), ne(people.id, id))
  if ((await tx.$count(people, isOther)) > 0) return
  throw new ConflictError('last-admin', 'This is the last active admin. Make another person admin first.')
}
