import type { Db } from '@hourglass/kit/db/connect'
import { asc, eq, inArray } from 'drizzle-orm'
import { manualMarks, people } from '../schema'

/** Every mark that people gave in these attempts, oldest first, with the marker's name. */
export async function listGivenMarks(db: Db, attemptIds: readonly string[]) {
  if (attemptIds.length === 0) return []
  return db
    .select({ mark: manualMarks, markerName: people.name })
    .from(manualMarks)
    .leftJoin(people, eq(people.personId, manualMarks.markedBy))
    .where(inArray(manualMarks.attemptId, [...attemptIds]))
    .orderBy(asc(manualMarks.attemptId), asc(manualMarks.questionId), asc(manualMarks.revision))
}
export type GivenRow = Awaited<ReturnType<typeof listGivenMarks>>[number]

/** `responseDigest` is of the answer as it stands. */
export const toGivenMark = ({ mark, markerName }: GivenRow, responseDigest: string) => ({
  revision: mark.revision,
  marks: mark.marks,
  comment: mark.comment,
  markedBy: { personId: mark.markedBy, name: markerName ?? '' },
  markedAt: mark.markedAt.toISOString(),
  isCurrent: mark.responseDigest === responseDigest,
})
