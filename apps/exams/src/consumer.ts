import type { Consumer } from '@hourglass/events/consume'
import type { EventData } from '@hourglass/events/contracts'
import type { Db } from '@hourglass/kit/db/connect'
import { and, asc, eq, lt } from 'drizzle-orm'
import { lockPerson } from './access/locks'
import { recomputeDeadlines } from './access/recompute'
import type { Deps } from './deps'
import { pullPaper } from './papers'
import { accommodations, classes, classMembers, exams, papers, people, versions } from './schema'
import { announceAttempts } from './stream/announce'

/** Keeps the exam room's own copies of people, classes, accommodations and papers, and moves running attempts with them. */
export const createConsumer = ({
  cache,
  papers: fetchPaper,
  networkGraceSeconds,
  service: { log },
}: Deps): Consumer => {
  // Announced before the commit: a stream that looks too early finds it at its next look, within a second.
  const announce = (ids: readonly string[]) => setTimeout(() => void announceAttempts({ cache, log }, ids), 50)
  return {
    name: 'exams',
    handlers: {
      'person.changed':
        ({ data }) =>
        (tx) =>
          applyPerson(tx, data),
      'class.changed':
        ({ data }) =>
        async (tx) =>
          void announce(await applyClass(tx, data, networkGraceSeconds)),
      'accommodation.changed':
        ({ data }) =>
        async (tx) =>
          void announce(await applyAccommodation(tx, data, networkGraceSeconds)),
      'quiz.published': async ({ data }) => {
        const body = await pullPaper(fetchPaper, data.paperDigest)
        return async (tx) => {
          await tx.insert(papers).values({ digest: data.paperDigest, body }).onConflictDoNothing()
          await tx.insert(versions).values(data).onConflictDoNothing()
        }
      },
    },
  }
}

async function applyPerson(
  tx: Db,
  { personId, revision, role, name, isActive }: EventData<'person.changed'>,
): Promise<void> {
  const person = { revision, role, name, isActive }
  await tx
    .insert(people)
    .values({ personId, ...person })
    .onConflictDoUpdate({ target: people.personId, set: person, setWhere: lt(people.revision, revision) })
}

async function applyClass(
  tx: Db,
  { classId, revision, name, isArchived, members }: EventData<'class.changed'>,
  networkGraceSeconds: number,
): Promise<string[]> {
  const ofClass = await tx
    .select({ id: exams.id })
    .from(exams)
    .where(eq(exams.classId, classId))
    .orderBy(asc(exams.id))
    .for('update')
  const row = { revision, name, isArchived }
  const applied = await tx
    .insert(classes)
    .values({ classId, ...row })
    .onConflictDoUpdate({ target: classes.classId, set: row, setWhere: lt(classes.revision, revision) })
    .returning()
  if (applied.length === 0) return []
  await tx.delete(classMembers).where(eq(classMembers.classId, classId))
  if (members.length > 0) await tx.insert(classMembers).values(members.map((member) => ({ classId, ...member })))
  if (ofClass.length === 0) return []
  const examIds = ofClass.map(({ id }) => id)
  return recomputeDeadlines(tx, { examIds }, { actorId: null, reason: 'class changed' }, networkGraceSeconds)
}

async function applyAccommodation(
  tx: Db,
  { personId, revision, timeFactor, extraMinutes }: EventData<'accommodation.changed'>,
  networkGraceSeconds: number,
): Promise<string[]> {
  await lockPerson(tx, personId)
  const row = { revision, timeFactor, extraMinutes }
  const applied = await tx
    .insert(accommodations)
    .values({ personId, ...row })
    .onConflictDoUpdate({
      target: accommodations.personId,
      set: row,
      setWhere: and(eq(accommodations.personId, personId), lt(accommodations.revision, revision)),
    })
    .returning()
  if (applied.length === 0) return []
  const because = { actorId: null, reason: 'accommodation changed' }
  return recomputeDeadlines(tx, { personIds: [personId] }, because, networkGraceSeconds)
}
