import { emit } from '@hourglass/events/outbox'
import type { Db } from '@hourglass/kit/db/connect'
import { asc, eq, sql } from 'drizzle-orm'
import { classes, events, members } from '../schema'

/**
 * Tells the other services the whole of a class, under its next revision. Call it last, once for all changes of a transaction
 * that holds the class's row: revisions then rise in the order of commits.
 */
export async function tellClass(tx: Db, classId: string): Promise<void> {
  const [row] = await tx
    .update(classes)
    .set({ revision: sql`${classes.revision} + 1` })
    .where(eq(classes.id, classId))
    .returning()
  if (!row) throw new Error('update returned no row')
  const rows = await tx
    .select({ personId: members.personId, role: members.role, groups: members.groups })
    .from(members)
    .where(eq(members.classId, classId))
    .orderBy(asc(members.personId))
  const { id, revision, name, isArchived } = row
  await emit(tx, events.outbox, 'class.changed', { classId: id, revision, name, isArchived, members: rows })
}
