import type { Registry } from '@hourglass/kit/metrics'
import { countSloEvents } from '@hourglass/kit/slo-events'

/** What was answered, after how long; `kind` is that of a refusal. */
type Answered = { status: number; kind: string | undefined; ms: number }

type Reason = 'slow' | 'refused' | 'timeout' | 'failed'
const reasons = ['slow', 'refused', 'timeout', 'failed'] as const

/** Milliseconds that a person waits at the most, as slo/ promises: until an answer is stored, until they are in. */
const promisedMs = { saves: 1_000, 'sign-ins': 3_000 }
export type Promised = keyof typeof promisedMs

/**
 * Counts, at the door, what people felt of the two things that an exam stands on: answers that were offered, and sign-ins. Here and not
 * in the services, since what the door itself refuses, or gives up waiting for, they never see.
 */
export function createPromiseCount(registry: Registry): (promised: Promised, answered: Answered) => void {
  const count = {
    saves: countSloEvents(registry, 'saves', reasons),
    'sign-ins': countSloEvents(registry, 'sign-ins', reasons),
  }
  return (promised, answered) => {
    const outcome = judgeAnswer(answered, promisedMs[promised])
    if (outcome) count[promised](outcome)
  }
}

/** What was promised of a request, by the segments of its address, `api` first. */
export function promiseOf(method: string, segments: readonly string[]): Promised | null {
  const [first, noun, , action] = segments
  if (first !== 'api') return null
  if (method === 'POST' && noun === 'sessions' && segments.length === 2) return 'sign-ins'
  return method === 'PUT' && noun === 'attempts' && action === 'answers' && segments.length === 5 ? 'saves' : null
}

/**
 * `null`: the promise leaves it out. That is what is refused because the attempt has ended or is paused, or because the request or the
 * password is wrong, and whoever went away before it had taken too long.
 */
function judgeAnswer({ status, kind, ms }: Answered, mostMs: number): 'good' | Reason | null {
  if (status === 499) return ms > mostMs ? 'slow' : null
  if (kind === 'timeout') return 'timeout'
  // Too many wrong passwords have a kind of their own.
  if (kind === 'busy' || (status === 429 && kind !== 'locked-out')) return 'refused'
  if (status >= 500) return 'failed'
  if (status >= 400) return null
  return ms > mostMs ? 'slow' : 'good'
}
