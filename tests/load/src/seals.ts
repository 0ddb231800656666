import { openDatabases } from '@hourglass/support/databases'
import { type Quantiles, quantilesOf } from './open-loop'

/**
 * How long after its deadline each attempt was sealed by the server, in ms: from the deadline to the writing of its first
 * snapshot, both by the database's clock (`sealed_at` itself is the deadline, by definition).
 */
export async function readSealDelays(dataFolder: string, examId: string): Promise<{ sealed: number; ms: Quantiles }> {
  const databases = openDatabases(dataFolder)
  try {
    const rows = await databases.of('exams')<{ ms: number }[]>`
      select (extract(epoch from taken_at - deadline) * 1000)::float8 as ms
      from exams.attempts join exams.snapshots on attempt_id = id and revision = 1
      where exam_id = ${examId} and state = 'sealed'`
    return { sealed: rows.length, ms: quantilesOf(rows.map(({ ms }) => ms)) }
  } finally {
    await databases.close()
  }
}
