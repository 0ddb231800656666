import { type Asker, CannotAsk, type Sample } from '@hourglass/slo/prometheus'
import { type Matcher, withMatchers } from '@hourglass/slo/with-matchers'
import type { ExamPolicy } from '../policy/policy'
import type { ExamRoom } from '../verdict/facts'
import { saySpan, sayTime } from '../verdict/say'

export type ExamAnswers = { timetable: readonly Sample[]; exams: readonly Sample[]; attempts: readonly Sample[] }

/** Whether an exam runs, is about to, or was just over, as the exam room says in its metrics. */
export async function readExams(
  asker: Asker,
  { policy, now, matchers }: { policy: ExamPolicy; now: number; matchers: readonly Matcher[] },
): Promise<ExamRoom> {
  const ask = (series: string) => asker.query(withMatchers(series, matchers), now)
  try {
    const [timetable, exams, attempts] = await Promise.all([
      ask('exams_timetable_timestamp_seconds'),
      ask('exams_exams{state="open"}'),
      ask('exams_attempts_open'),
    ])
    return judgeRoom({ timetable, exams, attempts }, policy, now)
  } catch (error) {
    if (!(error instanceof CannotAsk)) throw error
    return { kind: 'unknown', why: error.message }
  }
}

/** Each replica of the exam room asks its database every 15 seconds and says when it did; the one that asked last is believed. */
export function judgeRoom({ timetable, exams, attempts }: ExamAnswers, policy: ExamPolicy, now: number): ExamRoom {
  const [measured] = timetable
    .filter(({ labels }) => labels.moment === 'measured')
    .toSorted((one, other) => other.value - one.value)
  if (!measured) return { kind: 'unknown', why: 'Prometheus has no figures of the exam room.' }
  const age = now - measured.value
  if (!(Math.abs(age) <= policy.staleAfterSeconds)) {
    const span = `${saySpan(Math.abs(age))} ${age < 0 ? 'ahead of us' : 'ago'}`
    return { kind: 'unknown', why: `the exam room last looked at its exams ${span}.` }
  }
  const ofReplica = (samples: readonly Sample[]) =>
    samples.filter(({ labels }) => isSameReplica(labels, measured.labels))
  const moment = (name: string) => ofReplica(timetable).find(({ labels }) => labels.moment === name)?.value
  const room = {
    ...{ open: ofReplica(exams)[0]?.value, sitting: ofReplica(attempts)[0]?.value },
    ...{ next: moment('next-opening'), last: moment('last-closing'), openUntil: moment('open-until') },
  }
  return isWhole(room)
    ? judgeMoments(room, policy, now)
    : { kind: 'unknown', why: 'the exam room does not say all that is asked of it.' }
}

/** Times in seconds since 1970, 0 where there is none; `openUntil` is +Inf for an exam without an end. */
type Room = { open: number; sitting: number; next: number; last: number; openUntil: number }

const isWhole = (room: Partial<Record<keyof Room, number | undefined>>): room is Room =>
  Object.values(room).every((value) => value !== undefined && value >= 0)

function judgeMoments({ open, sitting, next, last, openUntil }: Room, policy: ExamPolicy, now: number): ExamRoom {
  const after = policy.minutesAfter * 60
  // What single students were given is in the timetable alone.
  if (policy.while.includes('exam') && (open > 0 || openUntil > now)) {
    const isEnding = Number.isFinite(openUntil) && openUntil > now
    const end = isEnding ? ` until ${sayTime(openUntil)}` : ''
    const why = `${open > 1 ? `${open} exams are` : 'An exam is'} open${end}.`
    return { kind: 'busy', why, until: isEnding ? openUntil + after : null }
  }
  if (policy.while.includes('attempt') && sitting > 0) {
    return { kind: 'busy', why: `${sitting === 1 ? 'Somebody sits' : `${sitting} people sit`} an exam.`, until: null }
  }
  if (next > 0 && next - now <= policy.minutesBefore * 60) {
    return { kind: 'busy', why: `An exam opens at ${sayTime(next)}.`, until: null }
  }
  if (last > 0 && now - last <= after) {
    const why = `An exam was over at ${sayTime(last)}, and its last answers may still be on their way.`
    return { kind: 'busy', why, until: last + after }
  }
  return { kind: 'free' }
}

const isSameReplica = (one: Sample['labels'], other: Sample['labels']): boolean =>
  one.instance === other.instance && one.service === other.service && one.job === other.job
