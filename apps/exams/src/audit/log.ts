import type { Logger } from '@hourglass/kit/logger'
import type { AuditAction } from './actions'
import type { AuditRow, OnLinked } from './chain'

/** Its start and end are lines already: the events that tell of them. */
const toldByEvents: ReadonlySet<string> = new Set<AuditAction>([
  'attempt started',
  'attempt sealed',
  'attempt abandoned',
])

/** What of a row's details a line repeats: times and numbers. A reason is a teacher's own words, and stays where they wrote it. */
const shownDetails = ['from', 'to', 'deadline', 'revision']

/**
 * A line for each row about one attempt: pauses, extensions, late answers that were taken in. When it is linked and not when it is
 * written, since what is written may still be rolled back.
 */
export const logAudit =
  (log: Logger): OnLinked =>
  (rows) => {
    for (const row of rows) {
      if (row.attemptId !== null && !toldByEvents.has(row.action)) log.info(lineOf(row), 'audited')
    }
  }

function lineOf({ id: auditId, attemptId, action, at, actorId, details }: AuditRow) {
  const shown = shownDetails.flatMap((name) => {
    const value: unknown = Reflect.get(Object(details), name)
    return typeof value === 'string' || typeof value === 'number' ? [[name, value]] : []
  })
  const by = actorId === null ? 'server' : 'person'
  return { auditId, attemptId, action, at: at.toISOString(), by, ...Object.fromEntries(shown) }
}
