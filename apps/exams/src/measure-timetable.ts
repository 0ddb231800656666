import type { Db } from '@hourglass/kit/db/connect'
import type { Registry } from '@hourglass/kit/metrics'
import { type SQL, sql } from 'drizzle-orm'
import { exams, overrides } from './schema'

/**
 * When exams open and close, for whoever must not disturb them; by this database's clock, as is the moment at which it was asked: a value
 * that nobody renews must not look like an empty timetable. What single students and groups were given counts as well. Answers what
 * measures it.
 */
export function createTimetable(db: Db, registry: Registry): () => Promise<void> {
  const moments = registry.gauge({
    name: 'exams_timetable_timestamp_seconds',
    help: 'Seconds since 1970 of: measured, next-opening, last-closing (within a day), open-until (of those open; +Inf: no end); 0: none.',
    labels: ['moment'],
  })
  return async () => {
    const [row = {}] = await db.select(timetable).from(sittings)
    for (const [moment, seconds] of Object.entries(row)) moments.set({ moment }, Number(seconds))
  }
}

/** As text: numbers of drivers need not be infinite. */
const secondsOf = (moment: SQL) => sql<string>`coalesce(extract(epoch from ${moment}), 0)::float8::text`
const timetable = {
  measured: secondsOf(sql`now()`),
  'next-opening': secondsOf(sql`min(opens) filter (where opens > now())`),
  'last-closing': secondsOf(sql`max(closes) filter (where closes <= now())`),
  'open-until': secondsOf(sql`max(closes) filter (where opens <= now() and closes > now())`),
}

const given = (field: 'opensAt' | 'closesAt') =>
  sql`case when ${field} = any(${overrides.overridden}) then ${overrides[field]} else ${exams[field]} end`
const isNotLongOver = (closes: SQL) => sql`coalesce(${closes} > now() - interval '1 day', true)`

const sittings = sql`(
    select coalesce(${exams.opensAt}, '-infinity'), coalesce(${exams.closesAt}, 'infinity')
    from ${exams}
    where not ${exams.isCancelled} and ${isNotLongOver(sql`${exams.closesAt}`)}
    union all
    select coalesce(${given('opensAt')}, '-infinity'), coalesce(${given('closesAt')}, 'infinity')
    from ${overrides} join ${exams} on ${exams.id} = ${overrides.examId}
    where not ${exams.isCancelled} and ${isNotLongOver(given('closesAt'))}
  ) as sittings (opens, closes)`
