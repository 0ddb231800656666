import type { SnapshotFacts } from '../evidence'

/** By attempt, the snapshot that counts. */
export type Newest = ReadonlyMap<string, SnapshotFacts>

export const newestOf = (snapshots: readonly SnapshotFacts[]): Newest => {
  const newest = new Map<string, SnapshotFacts>()
  for (const snapshot of snapshots) {
    const known = newest.get(snapshot.attemptId)
    if (!known || known.revision < snapshot.revision) newest.set(snapshot.attemptId, snapshot)
  }
  return newest
}

export const placeOf = (attemptId: string, questionId: string) => `${attemptId}/${questionId}`
