import type { EventData } from '@hourglass/events/contracts'
import type { Db } from '@hourglass/kit/db/connect'
import { eq, lt } from 'drizzle-orm'
import { classes, members, people } from '../schema'

/** Keeps the newest word on a person: an older revision changes nothing. */
export async function copyPerson(tx: Db, data: EventData<'person.changed'>): Promise<void> {
  const { personId, revision, role, name, email } = data
  await tx
    .insert(people)
    .values({ personId, revision, role, name, email })
    .onConflictDoUpdate({
      target: people.personId,
      set: { revision, role, name, email },
      setWhere: lt(people.revision, revision),
    })
}

/** Keeps the newest word on a class and who belongs to it. */
export async function copyClass(tx: Db, data: EventData<'class.changed'>): Promise<void> {
  const { classId, revision, name } = data
  const applied = await tx
    .insert(classes)
    .values({ classId, revision, name })
    .onConflictDoUpdate({ target: classes.classId, set: { revision, name }, setWhere: lt(classes.revision, revision) })
    .returning({ classId: classes.classId })
  if (applied.length === 0) return
  await tx.delete(members).where(eq(members.classId, classId))
  const rows = data.members.map(({ personId, role }) => ({ classId, personId, role }))
  if (rows.length > 0) await tx.insert(members).values(rows).onConflictDoNothing()
}
