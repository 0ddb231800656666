import { databaseUrlOf } from '@hourglass/support/databases'
import postgres from 'postgres'
import { graceSeconds } from '../rig/rig'
import type { Act } from '../scenario'

/** Less than a statement may take: who began to wait for the rows within the grace gets them, after it. */
const afterGraceMs = 700

/**
 * Holds the rows of all attempts, as a slow transaction would, from shortly before the first ends until a little after the last
 * one's grace: whoever waits for them then must see what time it is, not what time it was.
 */
export const holdOverTheEnd: Act = async ({ dataFolder }, _, exam) => {
  const sql = postgres(databaseUrlOf(dataFolder, 'hourglass_exams'), { max: 1, onnotice: () => {} })
  try {
    const [ends] = await sql<{ first: Date; last: Date }[]>`
      select min(deadline) as first, max(deadline) as last from exams.attempts where exam_id = ${exam.id()}`
    if (!ends) throw new Error('nobody sits the exam')
    await Bun.sleep(ends.first.getTime() - Date.now() - 300)
    await sql.begin(async (tx) => {
      await tx`select id from exams.attempts where exam_id = ${exam.id()} for update`
      await Bun.sleep(ends.last.getTime() - Date.now() + graceSeconds * 1_000 + afterGraceMs)
    })
  } finally {
    await sql.end({ timeout: 1 })
  }
}
