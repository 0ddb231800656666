import type { Db } from '@hourglass/kit/db/connect'
import type { Job } from '@hourglass/kit/jobs'
import type { Registry } from '@hourglass/kit/metrics'
import { eq, sql } from 'drizzle-orm'
import { createTimetable } from './measure-timetable'
import { attempts, exams } from './schema'

const mostCounted = 100_000

/** The job that says how many attempts are open, how exams stand, and when they open and close. Open attempts have an index of their own. */
export function measureRoomJob(db: Db, registry: Registry): Job {
  const open = registry.gauge({ name: 'exams_attempts_open', help: 'Attempts that are open, 100000 at most.' })
  const states = registry.gauge({
    name: 'exams_exams',
    help: 'Exams by state: scheduled, open, closed (in the last day), cancelled (that would be scheduled or open).',
    labels: ['state'],
  })
  const measureTimetable = createTimetable(db, registry)
  return {
    name: 'measure room',
    everyMs: 15_000,
    run: async () => {
      const some = db
        .select({ one: sql`1`.as('one') })
        .from(attempts)
        .where(eq(attempts.state, 'open'))
        .limit(mostCounted)
        .as('some')
      open.set({}, await db.$count(some))
      for (const [state, count] of Object.entries(await countExams(db))) states.set({ state }, count)
      // Last: whoever reads that it was measured may take the others as new too.
      await measureTimetable()
      return 0
    },
  }
}

async function countExams(db: Db): Promise<Record<string, number>> {
  const count = (condition: ReturnType<typeof sql>) => sql<number>`(count(*) filter (where ${condition}))::int`
  const { isCancelled, opensAt, closesAt } = exams
  const isOver = sql`coalesce(${closesAt} <= now(), false)`
  const isAhead = sql`coalesce(${opensAt} > now(), false)`
  const [row] = await db
    .select({
      scheduled: count(sql`not ${isCancelled} and not ${isOver} and ${isAhead}`),
      open: count(sql`not ${isCancelled} and not ${isOver} and not ${isAhead}`),
      closed: count(sql`not ${isCancelled} and ${isOver}`),
      cancelled: count(sql`${isCancelled} and not ${isOver}`),
    })
    .from(exams)
    .where(sql`${closesAt} is null or ${closesAt} > now() - interval '1 day'`)
  return row ?? {}
}
