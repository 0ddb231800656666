import type { Asker } from '@hourglass/slo/prometheus'
import type { Slo } from '@hourglass/slo/spec'
import { windows } from '../verdict/windows'

export type Rules = Awaited<ReturnType<Asker['rules']>>

/** Clocks that differ by more than this make old values look new, or new ones old. */
const mostSkewSeconds = 30
/** Rules of a few seconds may be late by more than their own interval. */
export const leastPatienceSeconds = 30

/** The rules that an SLO cannot be judged without. */
const needed = [
  ...['slo:sli_total:rate5m', 'slo:sli_bad:rate5m'],
  ...windows.map((window) => `slo:sli_error:ratio_rate${window}`),
]

/**
 * What is wrong with the rules that make the figures of an SLO: one is missing, fails, or was not evaluated for three intervals. An
 * instant query answers a value up to five minutes after its rule has died, so the value itself proves nothing.
 */
export function findStaleRules({ id }: Pick<Slo, 'id'>, { groups, serverTime }: Rules, now: number): string[] {
  const skew = serverTime === null ? 0 : Math.abs(serverTime - now)
  if (skew > mostSkewSeconds) return [`Its clock and ours are ${Math.round(skew)} s apart.`]
  const own = groups.flatMap(({ interval, rules }) =>
    rules.filter(({ labels }) => labels?.sloth_id === id).map((rule) => ({ ...rule, interval })),
  )
  if (own.length === 0) return ['It has no rules for this SLO.']
  const missing = needed.filter((name) => !own.some((rule) => rule.name === name))
  const broken = own.find(({ health, lastError }) => health !== 'ok' || (lastError ?? '') !== '')
  const late = own.find(({ lastEvaluation, interval }) => {
    const age = (serverTime ?? now) - Date.parse(lastEvaluation) / 1_000
    return !(age <= Math.max(leastPatienceSeconds, 3 * interval))
  })
  return [
    ...(missing.length > 0 ? [`It has no rule ${missing.join(', ')}.`] : []),
    ...(broken ? [`Rule ${broken.name} fails: ${broken.lastError || `its health is ${broken.health}`}.`] : []),
    ...(late ? [`Rule ${late.name} was last evaluated at ${late.lastEvaluation}.`] : []),
  ]
}

/** Seconds between evaluations of an SLO's rules; 0 where it has none. */
export const intervalOf = ({ id }: Pick<Slo, 'id'>, { groups }: Rules): number =>
  Math.max(
    0,
    ...groups
      .filter(({ rules }) => rules.some(({ labels }) => labels?.sloth_id === id))
      .map(({ interval }) => interval),
  )

/** When the rule of an SLO that was evaluated longest ago was. */
export const evaluatedAt = ({ id }: Pick<Slo, 'id'>, { groups }: Rules): string | null =>
  groups
    .flatMap(({ rules }) => rules.filter(({ labels }) => labels?.sloth_id === id).map((rule) => rule.lastEvaluation))
    .toSorted((one, other) => Date.parse(one) - Date.parse(other))[0] ?? null
