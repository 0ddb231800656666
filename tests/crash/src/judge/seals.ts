import type { Evidence } from '../evidence'
import type { Newest } from './newest'

/** I3, I5, I6: every attempt is sealed once, each revision is told of once under its own digest, and grading holds the newest. */
export function judgeSeals({ attempts, snapshots, told, audit, graded, fates }: Evidence, newest: Newest): string[] {
  const faults: string[] = []
  const known = new Set(attempts.map(({ attemptId }) => attemptId))
  for (const id of new Set(fates.map(({ operation }) => operation.attemptId))) {
    if (!known.has(id)) faults.push(`I1: the attempt ${id}, which a student sat, is gone`)
  }
  for (const attempt of attempts) {
    const { attemptId, state, snapshotRevision } = attempt
    const its = snapshots.filter((snapshot) => snapshot.attemptId === attemptId)
    if (state !== 'sealed') faults.push(`I5: attempt ${attemptId} is ${state}`)
    if (its.some(({ revision }, index) => revision !== index + 1) || its.length !== snapshotRevision)
      faults.push(`I3: attempt ${attemptId} is at revision ${snapshotRevision} with ${its.length} snapshots`)
    for (const { revision, digest, text } of its) {
      const times = told.filter((event) => event.attemptId === attemptId && event.digest === digest).length
      if (times !== 1) faults.push(`I3: revision ${revision} of attempt ${attemptId} was told of ${times} times`)
      if (digest !== new Bun.CryptoHasher('sha256').update(text).digest('hex'))
        faults.push(`I3: revision ${revision} of attempt ${attemptId} is not what its digest names`)
    }
    const seals = audit.filter((row) => row.attemptId === attemptId && row.action === 'attempt sealed').length
    const starts = audit.filter((row) => row.attemptId === attemptId && row.action === 'attempt started').length
    if (seals !== 1 || starts !== 1)
      faults.push(`I6: attempt ${attemptId} was started ${starts}, sealed ${seals} times`)
    const held = graded.find((row) => row.attemptId === attemptId)?.digest
    if (held !== newest.get(attemptId)?.digest) faults.push(`I3: grading holds an older snapshot of ${attemptId}`)
  }
  const persons = new Set(attempts.map(({ personId }) => personId))
  if (persons.size !== attempts.length) faults.push('I3: a student has two attempts where one is allowed')
  return faults
}
