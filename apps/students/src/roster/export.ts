import type { Db } from '@hourglass/kit/db/connect'
import { and, asc, eq } from 'drizzle-orm'
import Papa from 'papaparse'
import { readClass } from '../classes/access'
import type { Viewer } from '../people/visibility'
import { members, people } from '../schema'

/**
 * The students of a class as CSV that the import takes back. It begins with a byte order mark, or Excel reads UTF-8 wrongly,
 * and what a spreadsheet would run as a formula is led by an apostrophe (OWASP, "CSV Injection").
 */
export async function exportRoster(db: Db, viewer: Viewer, classId: string): Promise<string> {
  await readClass(db, viewer, classId)
  const rows = await db
    .select({ name: people.name, email: people.email, groups: members.groups })
    .from(members)
    .innerJoin(people, eq(people.id, members.personId))
    .where(and(eq(members.classId, classId), eq(members.role, 'student')))
    .orderBy(asc(people.name), asc(people.email))
  const data = rows.map(({ name, email, groups }) => [name, email, groups.join('; ')])
  return `\ufeff${Papa.unparse([['name', 'email', 'groups'], ...data], { escapeFormulae: true, newline: '\r\n' })}\r\n`
}
