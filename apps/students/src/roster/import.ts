import type { Db } from '@hourglass/kit/db/connect'
import { and, eq, inArray } from 'drizzle-orm'
import { lockClass, readClass } from '../classes/access'
import { Groups } from '../classes/model'
import { tellClass } from '../classes/tell-class'
import { createInvitations } from '../invitations/service'
import { tellPerson } from '../people/service'
import type { Viewer } from '../people/visibility'
import { members, people } from '../schema'
import { Email, Line } from '../text'
import type { RosterReport, RosterRow } from './model'
import { type RosterLine, readRoster } from './read-csv'

/**
 * Adds the students of a CSV file to a class, making accounts for those who have none. Each row has its own result; a bad
 * one never keeps another from being taken. Nobody is removed, and names of people who have an account are theirs to keep.
 * With `isDryRun` nothing is changed and the report is the same, without invitations.
 */
export async function importRoster(
  db: Db,
  viewer: Viewer,
  input: { classId: string; bytes: Uint8Array; isDryRun: boolean },
): Promise<RosterReport> {
  // Before anything is said of the file: whose class it is, is asked first.
  await readClass(db, viewer, input.classId)
  const lines = readRoster(input.bytes)
  class DryRun extends Error {}
  let report: RosterReport | undefined
  try {
    await db.transaction(async (tx) => {
      await lockClass(tx, viewer, input.classId)
      const rows = await takeRows(tx, input.classId, lines)
      if (!input.isDryRun) await inviteNew(tx, rows)
      report = summarise(rows)
      if (input.isDryRun) throw new DryRun()
      await tellClass(tx, input.classId)
    })
  } catch (error) {
    if (!(error instanceof DryRun)) throw error
  }
  if (!report) throw new Error('the roster was not read')
  return report
}

async function takeRows(tx: Db, classId: string, lines: readonly RosterLine[]): Promise<RosterRow[]> {
  const seen = new Map<string, number>()
  const rows: RosterRow[] = []
  for (const line of lines) {
    const email = Email.safeParse(line.email)
    const before = email.success ? seen.get(email.data) : undefined
    if (!email.success)
      rows.push(refused(line, line.email ? 'This is not an e-mail address.' : 'There is no e-mail address.'))
    else if (before !== undefined) rows.push(refused(line, `Line ${before} has the same e-mail address.`))
    else {
      seen.set(email.data, line.line)
      rows.push(await takeRow(tx, classId, { ...line, email: email.data }))
    }
  }
  return rows
}

async function takeRow(tx: Db, classId: string, line: RosterLine): Promise<RosterRow> {
  const groups = Groups.safeParse(line.groups ?? [])
  if (!groups.success) return refused(line, 'A group has a name that cannot be shown, or there are too many.')
  if (line.role !== null && line.role !== 'student')
    return refused(line, `A roster adds students; this row says "${line.role}".`)
  const [known] = await tx.select().from(people).where(eq(people.email, line.email))
  if (known && known.role !== 'student') return refused(line, `This is the account of a ${known.role}.`)
  const name = Line(200).safeParse(line.name)
  if (!known && !name.success) return refused(line, 'There is no name that can be shown.')
  const person = known ?? (await createStudent(tx, line.email, name.data ?? line.email))
  const result = await addMember(tx, classId, person.id, line.groups === null ? null : groups.data)
  const { email, name: shown } = person
  return {
    line: line.line,
    email,
    name: shown,
    result: known ? result : 'created',
    reason: known && !known.isActive ? 'This account is deactivated.' : null,
    personId: person.id,
    invitation: null,
  }
}

async function createStudent(tx: Db, email: string, name: string) {
  const [row] = await tx.insert(people).values({ id: Bun.randomUUIDv7(), role: 'student', name, email }).returning()
  if (!row) throw new Error('insert returned no row')
  await tellPerson(tx, row)
  return row
}

/** A file without a column of groups leaves them as they are. */
async function addMember(
  tx: Db,
  classId: string,
  personId: string,
  groups: string[] | null,
): Promise<'added' | 'changed' | 'unchanged'> {
  const isThis = and(eq(members.classId, classId), eq(members.personId, personId))
  const [member] = await tx.select().from(members).where(isThis)
  const sorted = groups === null ? null : [...new Set(groups)].toSorted()
  if (!member) {
    await tx.insert(members).values({ classId, personId, role: 'student', groups: sorted ?? [] })
    return 'added'
  }
  if (sorted === null || sorted.join('\n') === member.groups.join('\n')) return 'unchanged'
  await tx.update(members).set({ groups: sorted }).where(isThis)
  return 'changed'
}

/** Links for all of the file who have no password yet, so that one import is all that a teacher needs. */
async function inviteNew(tx: Db, rows: RosterRow[]): Promise<void> {
  const ids = rows.flatMap(({ personId }) => personId ?? [])
  if (ids.length === 0) return
  const without = await tx
    .select({ id: people.id, hash: people.passwordHash })
    .from(people)
    .where(inArray(people.id, ids))
  const invited = without.filter(({ hash }) => hash === null).map(({ id }) => id)
  const links = await createInvitations(tx, invited)
  for (const row of rows) {
    const index = row.personId === null ? -1 : invited.indexOf(row.personId)
    if (index >= 0) row.invitation = links[index]?.link ?? null
  }
}

const refused = ({ line, email, name }: RosterLine, reason: string): RosterRow => ({
  ...{ line, email: email.slice(0, 254), name: name.slice(0, 200), reason },
  result: 'refused',
  personId: null,
  invitation: null,
})

function summarise(rows: RosterRow[]): RosterReport {
  const count = (result: RosterRow['result']) => rows.filter((row) => row.result === result).length
  return {
    created: count('created'),
    added: count('added'),
    changed: count('changed'),
    unchanged: count('unchanged'),
    refused: count('refused'),
    rows,
  }
}
