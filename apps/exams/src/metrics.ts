import type { Envelope } from '@hourglass/events/contracts'
import { eventIdOf } from '@hourglass/events/outbox'
import { type Counter, type Histogram, type Registry, waitBuckets } from '@hourglass/kit/metrics'

export type AnswerMetrics = {
  /** Saves by how they ended: stored, stale, late, too-late, paused, reused, missing. */
  saves: Counter<'outcome'>
  rejected: Counter<'reason'>
  late: Counter<'fate'>
  storedSeconds: Histogram
}

export const createAnswerMetrics = (registry: Registry): AnswerMetrics => ({
  saves: registry.counter({
    name: 'exams_saves_total',
    help: 'Saves of answers, by how they ended: stored, stale, late, too-late, paused, reused, missing.',
    labels: ['outcome'],
  }),
  rejected: registry.counter({
    name: 'exams_answers_rejected_total',
    help: 'Answers that were not taken, by the kind of the refusal; `failed` is a fault of ours.',
    labels: ['reason'],
  }),
  late: registry.counter({
    name: 'exams_late_arrivals_total',
    help: 'Answers that came after the end, by their fate: taken (sent in time), kept (as evidence), dropped.',
    labels: ['fate'],
  }),
  storedSeconds: registry.histogram({
    name: 'exams_save_stored_seconds',
    help: 'Seconds from when an answer reached the exam room until it was durable.',
    buckets: waitBuckets,
  }),
})

/** Seconds from the end of an attempt to the moment when the server had sealed it. */
export const createSealDelay = (registry: Registry): Histogram =>
  registry.histogram({
    name: 'exams_seal_delay_seconds',
    help: 'Seconds from when an attempt was due to be sealed by the server until it was.',
    buckets: [0.1, 0.25, 0.5, 1, 1.5, 2, 5, 10, 60],
  })

/** Counts what the exam room has told: by the events, since what is told has happened, once and for good. */
export function countTold(registry: Registry): (envelope: Envelope) => void {
  const started = registry.counter({ name: 'exams_attempts_started_total', help: 'Attempts that were started.' })
  const ended = registry.counter({
    name: 'exams_attempts_ended_total',
    help: 'Attempts that ended, by cause: submitted, deadline, teacher, abandoned.',
    labels: ['cause'],
  })
  // From 0 on, or what looks at growth would not see the first.
  for (const cause of ['submitted', 'deadline', 'teacher', 'abandoned']) ended.inc({ cause }, 0)
  const scheduled = registry.counter({ name: 'exams_scheduled_total', help: 'Exams that were scheduled.' })
  return ({ id, name, data }) => {
    if (name === 'attempt.started') started.inc({})
    if (name === 'exam.scheduled') scheduled.inc({})
    if (name === 'attempt.abandoned') ended.inc({ cause: 'abandoned' })
    // A later seal of the same attempt takes late answers in.
    if (name === 'attempt.sealed' && isFirst(id, data)) ended.inc({ cause: causeOf(data) })
  }
}

const isFirst = (id: string, data: unknown): boolean => id === eventIdOf(textIn(data, 'attemptId'), 'sealed', 1)
const causeOf = (data: unknown): string => textIn(data, 'cause')

function textIn(data: unknown, name: string): string {
  const value: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, name) : null
  return typeof value === 'string' ? value : 'unknown'
}
