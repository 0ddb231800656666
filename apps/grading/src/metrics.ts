import type { Envelope } from '@hourglass/events/contracts'
import type { Db } from '@hourglass/kit/db/connect'
import type { Job } from '@hourglass/kit/jobs'
import type { Registry } from '@hourglass/kit/metrics'
import { and, eq } from 'drizzle-orm'
import { exams, questionResults } from './schema'

/** Counts what grading has told: by the events, since what is told has happened, once and for good. */
export function countTold(registry: Registry): (envelope: Envelope) => void {
  const ready = registry.counter({
    name: 'grading_results_ready_total',
    help: 'Results that were made or changed.',
  })
  const released = registry.counter({
    name: 'grading_results_released_total',
    help: 'Results that were released to their students.',
  })
  return ({ name }) => {
    if (name === 'result.ready') ready.inc({})
    if (name === 'result.released') released.inc({})
  }
}

const mostCounted = 10_000

/** The job that says how many answers wait for a person's mark; they have an index of their own. */
export function measureMarksJob(db: Db, registry: Registry): Job {
  const pending = registry.gauge({
    name: 'grading_marks_pending',
    help: 'Answers that wait for the mark of a person, 10000 at most.',
  })
  return {
    name: 'measure marks',
    everyMs: 15_000,
    run: async () => {
      const isCurrent = and(
        eq(exams.examId, questionResults.examId),
        eq(exams.gradingVersion, questionResults.gradingVersion),
      )
      const some = db
        .select({ examId: questionResults.examId })
        .from(questionResults)
        .innerJoin(exams, isCurrent)
        .where(eq(questionResults.state, 'needs-marking'))
        .limit(mostCounted)
        .as('some')
      pending.set({}, await db.$count(some))
      return 0
    },
  }
}
