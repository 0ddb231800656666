import type { EventData } from '@hourglass/events/contracts'
import type { Db } from '@hourglass/kit/db/connect'
import { eq, lt } from 'drizzle-orm'
import { classes, members, people } from '../schema'

/** Keeps the newest word on a person: an older revision changes nothing. */
export async function copyPerson(tx: Db, data: EventData<'person.changed'>): Promise<void> {
  const { personId, revision, name, email, isActive } = data
  await tx
    .insert(people)
    .values({ personId, revision, name, email, isActive })
    .onConflictDoUpdate({
      target: people.personId,
      set: { revision, name, email, isActive },
      setWhere: lt(people.revision, revision),
    })
}

/** Keeps the newest word on a class and who belongs to it; answers whether this was it. */
export async function copyClass(tx: Db, data: EventData<'class.changed'>): Promise<boolean> {
  const { classId, revision, isArchived } = data
  const applied = await tx
    .insert(classes)
    .values({ classId, revision, isArchived })
    .onConflictDoUpdate({
      target: classes.classId,
      set: { revision, isArchived },
      setWhere: lt(classes.revision, revision),
    })
    .returning({ classId: classes.classId })
  if (applied.length === 0) return false
  await tx.delete(members).where(eq(members.classId, classId))
  const rows = data.members.map(({ personId, role }) => ({ classId, personId, role }))
  if (rows.length > 0) await tx.insert(members).values(rows).onConflictDoNothing()
  return true
}
