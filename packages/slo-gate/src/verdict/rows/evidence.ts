import { type Window, windowMinutes } from '@hourglass/slo/burn'
import { isShortHistory, wholeCoverage } from '../burn'
import type { ReadReading, SloFacts } from '../facts'
import { block, type Finding, note, warn } from '../finding'
import { sayShare } from '../say'
import { sparedBecause } from '../spared'
import { windows } from '../windows'
import { judgeUnknown } from './unknown'

/** Row 6: Prometheus did not answer, or not wholly. */
export function judgeAnswers(facts: SloFacts): Finding[] {
  const { reading } = facts
  if (reading.kind !== 'failed') return []
  return [judgeUnknown(facts, 6, { kind: 'unreachable', what: `Prometheus cannot be asked: ${reading.why}` })]
}

/** Row 7: it answered, and what it says is old, of other rules, or no number. */
export function judgeRules(facts: SloFacts): Finding[] {
  const { reading } = facts
  if (reading.kind !== 'stale') return []
  return [
    judgeUnknown(facts, 7, {
      kind: 'stale-rules',
      what: `What Prometheus says is worth nothing: ${reading.why.join(' ')}`,
    }),
  ]
}

/** Row 8: no traffic, no data, or a window of which a part is missing. */
export function judgeTraffic(facts: SloFacts): Finding[] {
  const { reading, slo } = facts
  if (reading.kind !== 'read') return []
  if (reading.traffic === 'idle') {
    return [
      note(8, { kind: 'idle', what: 'Nothing was asked of it just now; it runs.' }),
      ...judgeHoles(facts, reading),
    ]
  }
  if (reading.traffic === 'vanished') {
    const words = {
      kind: 'vanished',
      what: `${slo.service} had traffic within the last day, and now has no series at all.`,
    }
    const spared = sparedBecause(facts, 'fast-burn')
    return [
      spared === null ? block(8, words) : warn(8, { ...words, what: `${words.what} It may go out, since ${spared}.` }),
    ]
  }
  if (reading.traffic === 'silent') {
    const what = `${slo.id} has no data since more than a day, and had some before.`
    return [judgeUnknown(facts, 8, { kind: 'silent', what })]
  }
  return reading.traffic === 'never' ? [] : judgeHoles(facts, reading)
}

function judgeHoles(facts: SloFacts, reading: ReadReading): Finding[] {
  const missing = windows.filter((window) => isMissing(reading, window))
  const holed = windows.filter((window) => hasHole(reading, window))
  if (missing.length === 0 && holed.length === 0) return []
  const parts = holed.map((window) => `${window} (${sayShare(reading.windows[window].coverage)} of it has data)`)
  const what = `Windows are missing: ${[...missing, ...parts].join(', ')}.`
  return [judgeUnknown(facts, 8, { kind: 'window-missing', what })]
}

/** Without a ratio, though it is not known that nothing was asked within the window. */
const isMissing = ({ windows }: ReadReading, window: Window): boolean =>
  windows[window].ratio === null && windows[window].inside !== 0

/**
 * Data from before the window began say that it should be whole. Windows below an hour are not looked at: the shortest holds five points,
 * and what happens to them shows in how old the last one is.
 */
function hasHole({ windows }: ReadReading, window: Window): boolean {
  if (windowMinutes[window] < 60 || window === '30d') return false
  const seen = (of: Window) => windows[of].coverage * windowMinutes[of]
  const before = seen('30d') - seen(window)
  return before > windowMinutes[window] * (1 - wholeCoverage) && windows[window].coverage < wholeCoverage
}

/** Row 12: the 30 days are not known; what windows lack counts as clean. */
export function judgeHistory({ reading, slo }: SloFacts): Finding[] {
  if (reading.kind !== 'read' || (reading.traffic !== 'never' && !isShortHistory(reading))) return []
  const { coverage, query } = reading.windows['30d']
  const what =
    reading.traffic === 'never'
      ? `${slo.id} was never seen: it is new, or nobody used it.`
      : `Only ${sayShare(coverage)} of 30 days are known, so its budget is not looked at.`
  const figures = [{ name: 'coverage of 30d', value: coverage, threshold: 0.25, query }]
  return [warn(12, { kind: 'short-history', what, figures })]
}
