import type { Asker } from '@hourglass/slo/prometheus'
import type { Slo } from '@hourglass/slo/spec'
import type { Matcher } from '@hourglass/slo/with-matchers'
import type { Entry } from '../audit/audit'
import type { Change } from '../change'
import { readExams } from '../evidence/exams'
import { readEvidence } from '../evidence/read-evidence'
import { frozenUntil, isFrozen } from '../policy/freeze'
import { needsOf } from '../policy/needs'
import { findOverride, type WrittenOverride } from '../policy/overrides'
import type { Policy } from '../policy/policy'
import { environmentOf, matchersOf, termsFor, termsOfSlo } from '../policy/terms'
import { Problem } from '../problem'
import type { ExamRoom, Freeze, Reading } from '../verdict/facts'
import { worstOf } from '../verdict/finding'
import { judgeSlo } from '../verdict/judge'
import { type Decision, exitCodeOf, type SloDecision, wouldStop } from './decide'
import { judgeDependency } from './judge-dependency'
import { lastKnownGoodAt, overridesUsed } from './remember'

export type GateRequest = {
  now: number
  isReplay: boolean
  source: { url: string; tenant: string | null }
  /** Of all services: those that the deployed ones need are asked about too. */
  slos: readonly Slo[]
  policy: Policy
  overrides: readonly WrittenOverride[]
  audit: readonly Entry[]
  change: Change
}

/** Decides on a deploy. Throws a Problem where a service has no SLO, or the policy knows it not: nothing matched is never a pass. */
export async function runGate(asker: Asker, request: GateRequest): Promise<Decision> {
  const { now, isReplay, source, slos, policy, change } = request
  const matchers = matchersOf(environmentOf(policy, change.environment))
  for (const service of change.services) refuseUnknown(request, service)
  const needs = new Map(change.services.map((service) => [service, needsOf(policy, service)] as const))
  const concerned = new Set([...change.services, ...[...needs.values()].flat().map(({ service }) => service)])

  const [readings, exams] = await Promise.all([
    readEvidence(asker, {
      ...{ now, isReplay, matchers, slos: slos.filter(({ service }) => concerned.has(service)) },
      up: (service) => upOf(policy, service),
    }),
    readExamsFor(asker, request, matchers),
  ])
  const notices: string[] = []
  const decisions = change.services.flatMap((service) => {
    const found = findOverride(request.overrides, {
      ...{ service, change, now, limits: policy.overrides },
      usedIn30Days: overridesUsed(request.audit, service, now),
    })
    notices.push(...found.refused)
    const shared = {
      ...{ now, change, exams: concernsExams(policy, change.environment, service) ? exams : null },
      override: found.override,
      freezes: freezesOf(policy, change.environment, service, now),
      dependencies: (needs.get(service) ?? []).map((need) => judgeDependency(need, request, readings)),
    }
    const usual = termsFor(policy, service, change.environment)
    return slos
      .filter((slo) => slo.service === service)
      .map((slo): SloDecision => {
        const reading = readings.get(slo.id) ?? unread
        const lastGoodAt = lastKnownGoodAt(request.audit, { id: slo.id, environment: change.environment })
        const terms = termsOfSlo(usual, slo)
        const { verdict, findings } = judgeSlo({ ...shared, slo, terms, reading, lastKnownGoodAt: lastGoodAt })
        const override = findings.some(({ row }) => row === 3) ? (found.override?.id ?? null) : null
        return { slo, reading, verdict, findings, override, terms, wouldBlock: wouldStop(verdict) }
      })
  })
  return {
    ...{ at: now, isReplay, source, change, exams, notices, slos: decisions },
    verdict: worstOf(decisions.map(({ verdict }) => verdict)),
    exitCode: exitCodeOf(decisions),
    wouldBlock: decisions.some(({ wouldBlock }) => wouldBlock),
  }
}

const unread: Reading = { kind: 'failed', why: 'nobody asked.' }

function refuseUnknown({ slos, policy, change }: GateRequest, service: string): void {
  termsFor(policy, service, change.environment)
  if (slos.some((slo) => slo.service === service)) return
  const known = [...new Set(slos.map((slo) => slo.service))]
  throw new Problem(`No SLO speaks for the service "${service}"; there are some for ${known.join(', ') || 'none'}.`)
}

const upOf = (policy: Policy, service: string): string =>
  (policy.services[service]?.up ?? 'max(up{job="services", service="$service"})').replaceAll('$service', service)

async function readExamsFor(
  asker: Asker,
  { policy, change, now }: GateRequest,
  matchers: readonly Matcher[],
): Promise<ExamRoom | null> {
  const isAsked = change.services.some((service) => concernsExams(policy, change.environment, service))
  return policy.exams && isAsked ? readExams(asker, { policy: policy.exams, now, matchers }) : null
}

const concernsExams = ({ exams }: Policy, environment: string, service: string): boolean =>
  exams !== undefined && holdsFor(exams, environment, service)

const holdsFor = (
  { environments, services }: { environments: readonly string[]; services?: readonly string[] | undefined },
  environment: string,
  service: string,
): boolean => environments.includes(environment) && (services === undefined || services.includes(service))

const freezesOf = (policy: Policy, environment: string, service: string, now: number): Freeze[] =>
  policy.freezes
    .filter((freeze) => holdsFor(freeze, environment, service) && isFrozen(freeze, now))
    .map((freeze) => ({ name: freeze.name, reason: freeze.reason, until: frozenUntil(freeze, now) }))
