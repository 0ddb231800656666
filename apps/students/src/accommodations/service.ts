import { emit } from '@hourglass/events/outbox'
import type { Db } from '@hourglass/kit/db/connect'
import { NotFoundError } from '@hourglass/kit/errors'
import { and, asc, eq, ne, or, sql } from 'drizzle-orm'
import { readClass } from '../classes/access'
import { isVisibleTo, type Viewer } from '../people/visibility'
import { accommodations, events, members, people } from '../schema'
import type { Accommodation, AccommodationChange } from './model'

/** The profiles that change something, of the students of a class. Not paged: a class has few. */
export async function listAccommodations(db: Db, viewer: Viewer, classId: string): Promise<{ items: Accommodation[] }> {
  await readClass(db, viewer, classId)
  const rows = await db
    .select({ person: people, profile: accommodations })
    .from(accommodations)
    .innerJoin(people, eq(people.id, accommodations.personId))
    .innerJoin(members, and(eq(members.personId, people.id), eq(members.classId, classId)))
    .where(or(ne(accommodations.timeFactor, '1'), ne(accommodations.extraMinutes, 0), ne(accommodations.note, '')))
    .orderBy(asc(people.name))
  return { items: rows.map(toAccommodation) }
}

/** Throws a NotFoundError for somebody who is not a student that the viewer may see. */
export async function putAccommodation(
  db: Db,
  viewer: Viewer,
  personId: string,
  change: AccommodationChange,
): Promise<Accommodation> {
  return db.transaction(async (tx) => {
    const [person] = await tx
      .select()
      .from(people)
      .where(and(eq(people.id, personId), eq(people.role, 'student'), isVisibleTo(tx, viewer)))
    if (!person) throw new NotFoundError('student')
    const [profile] = await tx
      .insert(accommodations)
      .values({ personId, revision: 1, ...change })
      .onConflictDoUpdate({
        target: accommodations.personId,
        set: { ...change, revision: sql`${accommodations.revision} + 1` },
      })
      .returning()
    if (!profile) throw new Error('insert returned no row')
    const { revision, timeFactor, extraMinutes } = profile
    await emit(tx, events.outbox, 'accommodation.changed', { personId, revision, timeFactor, extraMinutes })
    return toAccommodation({ person, profile })
  })
}

/** Back to no more time than anybody. */
export async function removeAccommodation(db: Db, viewer: Viewer, personId: string): Promise<void> {
  await putAccommodation(db, viewer, personId, { timeFactor: '1', extraMinutes: 0, note: '' })
}

type Row = { person: typeof people.$inferSelect; profile: typeof accommodations.$inferSelect }

const toAccommodation = ({ person, profile }: Row): Accommodation => ({
  personId: person.id,
  name: person.name,
  email: person.email,
  timeFactor: profile.timeFactor,
  extraMinutes: profile.extraMinutes,
  note: profile.note,
})
