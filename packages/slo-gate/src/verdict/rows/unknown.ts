import type { SloFacts } from '../facts'
import { cannotTell, type Finding } from '../finding'
import { sayTime } from '../say'

/** For so long a verdict of before stands in for one that cannot be had. */
export const lastKnownGoodSeconds = 15 * 60

/** What cannot be told is said, or only warned of where the service's tier wants that. Nothing is asked after it either way. */
export function judgeUnknown(facts: SloFacts, row: number, words: { kind: string; what: string }): Finding {
  const { now, terms, lastKnownGoodAt } = facts
  const finding = cannotTell(row, words)
  if (terms.whenUnknown === 'open-with-warn') {
    return { ...finding, verdict: 'warn', what: `${words.what} Tier "${terms.tier}" lets it through with a warning.` }
  }
  if (terms.whenUnknown === 'last-known-good' && lastKnownGoodAt !== null) {
    const age = now - lastKnownGoodAt
    if (age >= 0 && age <= lastKnownGoodSeconds) {
      const what = `${words.what} The verdict of ${sayTime(lastKnownGoodAt)} still stands.`
      return { ...finding, verdict: 'warn', what, until: lastKnownGoodAt + lastKnownGoodSeconds }
    }
  }
  return finding
}
