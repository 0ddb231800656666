import type { Decision, SloDecision } from '../gate/decide'
import type { Finding, Verdict } from '../verdict/finding'
import { saySpan, sayTime } from '../verdict/say'

export const wordOf: Readonly<Record<Verdict, string>> = {
  pass: 'pass',
  warn: 'warning',
  'cannot-tell': 'cannot tell',
  block: 'blocked',
}

/** One sentence for the whole deploy. */
export function sayDecision({ verdict, exitCode, change, slos }: Decision): string {
  const what = `${change.services.join(', ')} to ${change.environment}`
  const stopping = slos.filter(({ wouldBlock }) => wouldBlock)
  if (exitCode === 1) return `Blocked: ${what} may not go out.`
  if (exitCode === 3) return `Cannot tell whether ${what} may go out, so it may not.`
  if (stopping.length > 0) {
    const modes = [...new Set(stopping.map(({ terms }) => terms.mode))].join(' and ')
    return `${what} may go out, since the gate is in mode "${modes}". It would ${verdict === 'block' ? 'be blocked' : 'not be known'}.`
  }
  return verdict === 'warn' ? `${what} may go out, with warnings.` : `${what} may go out.`
}

/** Their sentence has the time in it. */
const saidAlready = new Set(['override', 'freeze'])

/** When a finding will say otherwise, if it is known. */
export function sayUntil({ until, kind }: Pick<Finding, 'until' | 'kind'>, now: number): string | null {
  if (until === null || until <= now || saidAlready.has(kind)) return null
  return `If nothing new goes wrong, that is over in ${saySpan(until - now)} (${sayTime(until)}).`
}

/** The finding that decides. */
export const worstFinding = ({ findings, verdict }: Pick<SloDecision, 'findings' | 'verdict'>): Finding | undefined =>
  findings.find((finding) => finding.verdict === verdict)

/** How long until the whole deploy may go out: the longest of all that block. `null` where one of them does not know. */
export function secondsToUnblock({ slos, at }: Decision): number | null {
  const blocking = slos.filter(({ wouldBlock }) => wouldBlock).flatMap((slo) => worstFinding(slo) ?? [])
  if (blocking.length === 0) return 0
  const ends = blocking.map(({ until }) => until)
  return ends.includes(null) ? null : Math.max(...ends.map((end) => (end ?? at) - at))
}
