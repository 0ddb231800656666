import type { Db } from '@hourglass/kit/db/connect'
import { ConflictError, NotFoundError } from '@hourglass/kit/errors'
import { decodeCursor, toPage } from '@hourglass/kit/paging'
import { and, asc, eq, sql } from 'drizzle-orm'
import type { Viewer } from '../people/visibility'
import { classes, members } from '../schema'
import { type ClassRow, isTaughtBy, lockClass } from './access'
import type { Class, ClassesQuery, ClassPatch, NewClass } from './model'
import { tellClass } from './tell-class'

export async function listClasses(db: Db, viewer: Viewer, { query, archived, limit, cursor }: ClassesQuery) {
  const [name, id] = decodeCursor(cursor, 2) ?? []
  const words = query ? `%${query.replace(/[\\%_]/g, '\\$&')}%` : null
  const rows = await db
    .select({ row: classes, ...counts(db) })
    .from(classes)
    .where(
      and(
        isTaughtBy(db, viewer),
        eq(classes.isArchived, archived === 'true'),
        words ? sql`${classes.name} ilike ${words}` : undefined,
        name !== undefined ? sql`(${classes.name}, ${classes.id}::text) > (${name}, ${id})` : undefined,
      ),
    )
    .orderBy(asc(classes.name), asc(sql`${classes.id}::text`))
    .limit(limit + 1)
  return toPage(rows, limit, toClass, ({ row }) => [row.name, row.id])
}

export async function getClass(db: Db, viewer: Viewer, id: string): Promise<Class> {
  const [found] = await db
    .select({ row: classes, ...counts(db) })
    .from(classes)
    .where(and(eq(classes.id, id), isTaughtBy(db, viewer)))
  if (!found) throw new NotFoundError('class')
  return toClass(found)
}

/** A teacher who makes a class teaches it. */
export async function createClass(tx: Db, viewer: Viewer, { name }: NewClass): Promise<Class> {
  const id = Bun.randomUUIDv7()
  await tx.insert(classes).values({ id, name, revision: 0 })
  if (viewer.role === 'teacher') {
    await tx.insert(members).values({ classId: id, personId: viewer.personId, role: 'teacher', groups: [] })
  }
  await tellClass(tx, id)
  return getClass(tx, viewer, id)
}

export async function changeClass(db: Db, viewer: Viewer, id: string, patch: ClassPatch): Promise<Class> {
  return db.transaction(async (tx) => {
    await lockClass(tx, viewer, id)
    if (Object.keys(patch).length > 0) await tx.update(classes).set(patch).where(eq(classes.id, id))
    await tellClass(tx, id)
    return getClass(tx, viewer, id)
  })
}

/** Only a class without students goes; another is archived, for its exams and marks still name it. Throws a ConflictError. */
export async function deleteClass(db: Db, viewer: Viewer, id: string): Promise<void> {
  await db.transaction(async (tx) => {
    await lockClass(tx, viewer, id)
    const students = await tx.$count(members, and(eq(members.classId, id), eq(members.role, 'student')))
    if (students > 0) {
      throw new ConflictError('class-in-use', `This class has ${students} students. Archive it, or remove them first.`)
    }
    await tx.update(classes).set({ isArchived: true }).where(eq(classes.id, id))
    await tx.delete(members).where(eq(members.classId, id))
    await tellClass(tx, id)
    await tx.delete(classes).where(eq(classes.id, id))
  })
}

const counts = (db: Db) => ({
  students: db.$count(members, and(eq(members.classId, classes.id), eq(members.role, 'student'))),
  teachers: db.$count(members, and(eq(members.classId, classes.id), eq(members.role, 'teacher'))),
})

const toClass = ({ row, students, teachers }: { row: ClassRow; students: number; teachers: number }): Class => ({
  id: row.id,
  name: row.name,
  isArchived: row.isArchived,
  revision: row.revision,
  students,
  teachers,
  createdAt: row.createdAt.toISOString(),
})
