import type { Window } from '@hourglass/slo/burn'
import type { Sample } from '@hourglass/slo/prometheus'
import type { Slo } from '@hourglass/slo/spec'
import type { Reading, ReadReading, Traffic } from '../verdict/facts'
import { byWindow, windows } from '../verdict/windows'
import { pointsOf, type Queries } from './queries'
import { evaluatedAt, findStaleRules, intervalOf, leastPatienceSeconds, type Rules } from './rules'

/** Everything that was answered, of all SLOs. */
export type Answers = {
  rules: Rules
  now: Sample[]
  info: Sample[]
  up: ReadonlyMap<string, Sample[]>
  ratio: Record<Window, Sample[]>
  ratioMadeAt: Record<Window, Sample[]>
  total: Record<Window, Sample[]>
  bad: Record<Window, Sample[]>
  inside: Record<Window, Sample[]>
  seen: Record<Window, Sample[]>
}

/** Picks what concerns one SLO; `stale` with every reason for which its figures cannot be believed. */
export function readSlo(
  slo: Slo,
  { now, isReplay }: { now: number; isReplay: boolean },
  answers: Answers,
  queries: Queries,
): Reading {
  const own = (samples: readonly Sample[]) => samples.filter(({ labels }) => labels.sloth_id === slo.id)
  const valueFrom = (samples: readonly Sample[]) => own(samples)[0]?.value ?? null
  const values = byWindow((window) => ({
    ratio: valueFrom(answers.ratio[window]),
    total: valueFrom(answers.total[window]),
    bad: valueFrom(answers.bad[window]),
    inside: valueFrom(answers.inside[window]),
    coverage: Math.min(1, (valueFrom(answers.seen[window]) ?? 0) / pointsOf(window)),
    query: queries.ratio[window],
  }))
  const oldest = now - Math.max(leastPatienceSeconds, 2.5 * intervalOf(slo, answers.rules))
  const faults = [
    ...(isReplay ? [] : findStaleRules(slo, answers.rules, now)),
    ...findStrangeInfo(slo, own(answers.info)),
    ...(own(answers.now).length > 1 ? ['Several series claim to be its traffic.'] : []),
    ...windows.flatMap((window) => [
      ...findStrangeRatio(window, own(answers.ratio[window])),
      ...findOldRatio(window, valueFrom(answers.ratioMadeAt[window]), oldest),
      ...findStrangeEvents(window, values[window]),
    ]),
  ]
  if (faults.length > 0) return { kind: 'stale', why: faults }
  const isUp = answers.up.get(slo.service)?.some(({ value }) => value > 0) ?? false
  const traffic = trafficOf(valueFrom(answers.now), isUp, values)
  const rulesEvaluatedAt = isReplay ? null : evaluatedAt(slo, answers.rules)
  return { kind: 'read', traffic, windows: values, rulesEvaluatedAt, badByHour: null }
}

/** No traffic of a service that runs is rest; of one that does not, it is an outage. */
function trafficOf(now: number | null, isUp: boolean, values: ReadReading['windows']): Traffic {
  if (now !== null && now > 0) return 'flowing'
  if (now !== null) return isUp ? 'idle' : 'vanished'
  if (values['1d'].coverage > 0) return 'vanished'
  return values['30d'].coverage > 0 ? 'silent' : 'never'
}

function findStrangeInfo({ specHash, file, line }: Slo, info: readonly Sample[]): string[] {
  const hashes = [...new Set(info.map(({ labels }) => labels.spec_hash ?? 'none'))]
  if (hashes.length === 0) return ['No series says of which file its rules were made.']
  if (hashes.length === 1 && hashes[0] === specHash) return []
  return [`Its rules were made of another text than that of ${file}:${line} (${hashes.join(', ')}, not ${specHash}).`]
}

function findStrangeRatio(window: Window, samples: readonly Sample[]): string[] {
  if (samples.length > 1) return [`${samples.length} series claim to be its error ratio of ${window}.`]
  const value = samples[0]?.value
  if (value === undefined || (value >= 0 && value <= 1)) return []
  return [`Its error ratio of ${window} is ${value}.`]
}

const findOldRatio = (window: Window, madeAt: number | null, oldest: number): string[] =>
  madeAt === null || madeAt >= oldest
    ? []
    : [`Its error ratio of ${window} is of ${new Date(madeAt * 1_000).toISOString()}.`]

function findStrangeEvents(window: Window, { bad, total }: { bad: number | null; total: number | null }): string[] {
  const isStrange = (value: number | null) => value !== null && !(value >= 0 && Number.isFinite(value))
  return isStrange(bad) || isStrange(total) ? [`Its events of ${window} are no number.`] : []
}
