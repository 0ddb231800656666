import type { Db } from '@hourglass/kit/db/connect'
import { NotFoundError } from '@hourglass/kit/errors'
import { and, eq, exists, type SQL, sql } from 'drizzle-orm'
import type { Viewer } from '../people/visibility'
import { classes, members } from '../schema'

export type ClassRow = typeof classes.$inferSelect

/** Which classes a viewer may see and change: an admin all, a teacher those that they teach. */
export function isTaughtBy(db: Db, viewer: Viewer): SQL | undefined {
  if (viewer.role === 'admin') return undefined
  return exists(
    db
      .select({ one: sql`1` })
      .from(members)
      .where(and(eq(members.classId, classes.id), eq(members.personId, viewer.personId), eq(members.role, 'teacher'))),
  )
}

/** Throws a NotFoundError for a class that the viewer does not teach, too. */
export async function readClass(db: Db, viewer: Viewer, id: string): Promise<ClassRow> {
  const [row] = await db
    .select()
    .from(classes)
    .where(and(eq(classes.id, id), isTaughtBy(db, viewer)))
  if (!row) throw new NotFoundError('class')
  return row
}

/** As `readClass`, and nobody else changes the class until the transaction ends. */
export async function lockClass(tx: Db, viewer: Viewer, id: string): Promise<ClassRow> {
  await readClass(tx, viewer, id)
  const [row] = await tx.select().from(classes).where(eq(classes.id, id)).for('update')
  if (!row) throw new NotFoundError('class')
  return row
}
