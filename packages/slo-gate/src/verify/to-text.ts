import { sayNumber, sayShare, saySpan } from '../verdict/say'
import type { Look } from './look'
import type { VerifyDecision } from './run-verify'

const words = { 'go-on': 'Go on', 'roll-back': 'Roll back', 'cannot-tell': 'Cannot tell' } as const

/** For people: what, why, and what was counted. */
export function toText({ verdict, why, versions, span, looks }: VerifyDecision): string {
  return [
    `${words[verdict]}: ${why}`,
    `Version ${versions.canary} against ${versions.stable}, both over the same ${saySpan(span.to - span.from)}.`,
    ...looks.map((look) => `  ${sayLook(look)}`),
  ].join('\n')
}

export function sayLook({ slo, canary, stable, comparison, margin, needed }: Look): string {
  const { outcome, p, upper } = comparison
  const counts = `${sayArm(canary)} against ${sayArm(stable)} bad`
  if (outcome === 'worse') return `${slo.id}: ${counts}. That is no chance (p = ${sayNumber(p)}).`
  if (outcome === 'not-worse')
    return `${slo.id}: ${counts}. It is worse by ${sayShare(upper)} at the most, and ${sayShare(margin)} is allowed.`
  const need = `Each needs some ${needed.fast} events to see 14.4 times what is allowed, and ${needed.twice} for twice`
  return `${slo.id}: ${counts}. That says nothing yet. ${need}.`
}

const sayArm = ({ bad, total }: Look['canary']): string => `${bad} of ${total}`
