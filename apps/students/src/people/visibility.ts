import type { Role } from '@hourglass/kit/auth/principal'
import type { Db } from '@hourglass/kit/db/connect'
import { and, eq, exists, ne, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { members, people } from '../schema'

export type Viewer = { personId: string; role: Role }

const theirs = alias(members, 'theirs')
const mine = alias(members, 'mine')

/** Whom a viewer may see: an admin everybody, a teacher the people of their classes, everyone themselves. */
export function isVisibleTo(db: Db, viewer: Viewer): SQL | undefined {
  if (viewer.role === 'admin') return undefined
  const isMe = eq(people.id, viewer.personId)
  return viewer.role === 'student' ? isMe : or(isMe, sharesClass(db, viewer.personId))
}

/** Whom a viewer may look up by id: colleagues too, whose names stand beside what they share. */
export const isKnownTo = (db: Db, viewer: Viewer): SQL | undefined => {
  const isColleague = viewer.role === 'teacher' ? ne(people.role, 'student') : undefined
  const isVisible = isVisibleTo(db, viewer)
  return isVisible && isColleague ? or(isVisible, isColleague) : isVisible
}

/** The person of the row is a member of a class that `teacherId` teaches. */
export const sharesClass = (db: Db, teacherId: string): SQL =>
  exists(
    db
      .select({ one: sql`1` })
      .from(theirs)
      .innerJoin(mine, eq(mine.classId, theirs.classId))
      .where(and(eq(theirs.personId, people.id), eq(mine.personId, teacherId), eq(mine.role, 'teacher'))),
  )
