import { type BurnPair, burnPairs, thresholdOf } from '@hourglass/slo/burn'
import type { Slo } from '@hourglass/slo/spec'
import type { ReadReading } from '../verdict/facts'
import type { Past } from './past'

export type Alert = { name: string; severity: BurnPair['severity'] }
/** An alert fires from `first` to `last`, both included: minutes of the story. `null`: it still does at the end. */
export type Firing = Alert & { first: number; last: number | null }

/** A rate of 5 minutes ends, and the alert waits for two more. */
const vanishedAfterMinutes = 7

/** When each alert of an SLO fires, and ends: as the rules in `prometheus/rules` would. */
export function findFirings(slo: Slo, past: Past): Firing[] {
  const firings: Firing[] = []
  const open = new Map<string, Firing>()
  let goneFor = 0
  for (let minute = 0; minute <= past.length; minute++) {
    const reading = past.readAt(minute)
    const { traffic } = reading
    goneFor = traffic === 'vanished' || traffic === 'silent' ? Math.max(rateEnds, goneFor) + 1 : 0
    const now = [
      ...burning(slo, reading),
      ...(goneFor > vanishedAfterMinutes && traffic === 'vanished' ? [vanished] : []),
    ]
    for (const alert of now) {
      if (open.has(alert.name)) continue
      const firing = { ...alert, first: minute, last: null }
      open.set(alert.name, firing)
      firings.push(firing)
    }
    for (const [name, firing] of open) {
      if (now.some((alert) => alert.name === name)) continue
      firing.last = minute - 1
      open.delete(name)
    }
  }
  return firings
}

/** `vanished` is said five minutes after the last sample. */
const rateEnds = 5
const vanished: Alert = { name: 'vanished', severity: 'page' }

/**
 * Both windows burn faster than the factor of their pair, what came before a service was there counts as clean, and there are as many bad
 * events as its file asks for.
 */
function burning({ budget, alerting }: Slo, { windows }: ReadReading): Alert[] {
  return burnPairs
    .filter((pair) => {
      const words = alerting[pair.severity]
      const threshold = thresholdOf(pair, budget)
      if (!words || threshold >= 1) return false
      const [short, long] = [windows[pair.short], windows[pair.long]]
      const least = Number(words.annotations.min_bad_events ?? 0)
      return (short.ratio ?? 0) > threshold && (long.ratio ?? 0) * long.coverage > threshold && (long.bad ?? 0) >= least
    })
    .map(({ severity, speed, long }) => ({ name: `${severity} ${speed} (${long})`, severity }))
}
