import { openDatabases } from '@hourglass/support/databases'
import { eventually } from '@hourglass/testing/poll'
import { type Quantiles, quantilesOf } from './open-loop'

export type Marked = {
  /** Attempts with a result. */
  count: number
  /** From the writing of an attempt's snapshot to the writing of its marks, both by the one database's clock. */
  ms: Quantiles
  /** From `since` until the last marks were written. */
  lastAfterMs: number
}

/** Waits until `count` attempts of an exam have their marks, then tells how long that took. Throws after two minutes. */
export async function readMarked(dataFolder: string, examId: string, count: number, since: Date): Promise<Marked> {
  const databases = openDatabases(dataFolder)
  try {
    const results = await eventually(
      async () => {
        const rows = await databases.of('grading')<{ id: string; at: Date }[]>`
          select attempt_id as id, graded_at as at from grading.results where exam_id = ${examId}`
        if (rows.length < count) throw new Error(`${rows.length} of ${count} attempts have marks`)
        return rows
      },
      { withinMs: 120_000, everyMs: 250 },
    )
    const seals = await databases.of('exams')<{ id: string; at: Date }[]>`
      select id, taken_at as at from exams.attempts join exams.snapshots on attempt_id = id and revision = 1
      where exam_id = ${examId}`
    const sealedAt = new Map(seals.map(({ id, at }) => [id, at.getTime()]))
    const times = results.map(({ id, at }) => ({
      at: at.getTime(),
      ms: at.getTime() - (sealedAt.get(id) ?? Number.NaN),
    }))
    return {
      count: results.length,
      ms: quantilesOf(times.map(({ ms }) => ms)),
      lastAfterMs: Math.max(...times.map(({ at }) => at)) - since.getTime(),
    }
  } finally {
    await databases.close()
  }
}
