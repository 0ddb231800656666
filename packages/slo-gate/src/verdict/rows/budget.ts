import { hoursToEmpty, type Window, windowMinutes } from '@hourglass/slo/burn'
import { type Burning, budgetOf, burningPairs, isChance, secondsToReset } from '../burn'
import { emptyUntil } from '../empty-until'
import type { ReadReading, SloFacts } from '../facts'
import { block, type Figure, type Finding, warn } from '../finding'
import { sayNumber, sayShare, saySpan } from '../say'
import { type Charge, sparedBecause } from '../spared'

/** Row 9: a page pair burns now, however much budget is left. */
export function judgeFastBurn(facts: SloFacts): Finding[] {
  const { reading, slo, now } = facts
  if (reading.kind !== 'read') return []
  const burning = burningPairs(reading, slo.budget, 'page')
  // The pair with the most events decides whether it may be chance.
  const [worst] = burning.toSorted((one, other) => windowMinutes[other.pair.long] - windowMinutes[one.pair.long])
  if (!worst) return []
  const what = `It burns its budget ${sayBurn(worst.long, slo.budget)} right now (${sayPairs(burning)}).`
  const until = now + Math.max(...burning.map((each) => secondsToReset(each, slo.budget)))
  const isLucky = burning.every(({ pair }) => isChance(reading, pair.long, slo.budget, facts.terms))
  return [
    charge(facts, 9, 'fast-burn', isLucky, { kind: 'fast-burn', what, until, figures: figuresOf(reading, burning) }),
  ]
}

/** Row 10: nothing is left of the budget. */
export function judgeEmptyBudget(facts: SloFacts): Finding[] {
  const { reading, slo, terms, now } = facts
  if (reading.kind !== 'read') return []
  const left = budgetOf({ slo, reading })
  if (left === null || left > 0) return []
  const { ratio, total, query } = reading.windows['30d']
  const until = reading.badByHour && total !== null ? emptyUntil(reading.badByHour, total * slo.budget, now) : null
  const words = {
    ...{ kind: 'empty-budget', until },
    what: `Its error budget of 30 days is empty (${sayShare(left)} left).`,
    figures: [{ name: 'error ratio of 30d', value: ratio, threshold: slo.budget, query }],
  }
  if (terms.whenEmpty === 'warn') {
    return [warn(10, { ...words, what: `${words.what} Tier "${terms.tier}" only warns of it.` })]
  }
  return [charge(facts, 10, 'budget', isChance(reading, '30d', slo.budget, terms), words)]
}

/** Row 11: it burns slowly, or what is left will not last. */
export function judgeSlowBurn(facts: SloFacts): Finding[] {
  const { reading, slo, terms } = facts
  if (reading.kind !== 'read') return []
  const burning = burningPairs(reading, slo.budget, 'ticket')
  const left = budgetOf({ slo, reading })
  const hours = left === null ? null : hoursAhead(left, reading.windows['6h'].ratio, slo.budget)
  const isEndingSoon = hours !== null && hours < terms.emptyWithinHours
  if (burning.length === 0 && !isEndingSoon) return []
  const reasons = [
    ...(burning.length > 0 ? [`it burns slowly (${sayPairs(burning)})`] : []),
    ...(isEndingSoon ? [`at the pace of the last 6 hours nothing is left in ${saySpan(hours * 3_600)}`] : []),
  ]
  const remaining = left === null ? '' : ` ${sayShare(left)} of the budget are left.`
  const until =
    burning.length > 0 ? facts.now + Math.max(...burning.map((each) => secondsToReset(each, slo.budget))) : null
  const words = {
    kind: 'slow-burn',
    what: `${upperFirst(reasons.join(', and '))}.${remaining}`,
    until,
    figures: figuresOf(reading, burning),
  }
  if (left === null || left >= terms.reserve) return [warn(11, words)]
  const below = `${words.what} That is below the reserve of ${sayShare(terms.reserve)}.`
  const isLucky = isChance(reading, '30d', slo.budget * (1 - terms.reserve), terms)
  return [charge(facts, 11, 'budget', isLucky, { ...words, what: below })]
}

/** Hours until the budget is empty at this error ratio; `null` where it never will be. */
function hoursAhead(left: number, ratio: number | null, budget: number): number | null {
  if (ratio === null || left <= 0 || budget <= 0) return null
  const burn = ratio / budget
  // At 1 and below as much leaves the 30 days as comes in.
  return burn > 1 ? hoursToEmpty(left, burn) : null
}

type Words = { kind: string; what: string; until: number | null; figures: readonly Figure[] }

/** Blocks, unless the deploy is spared (row 4) or so few events may be chance (row 13). */
function charge(facts: SloFacts, row: number, what: Charge, isLucky: boolean, words: Words): Finding {
  const spared = sparedBecause(facts, what)
  if (spared !== null) return warn(row, { ...words, what: `${words.what} It may go out, since ${spared}.` })
  if (isLucky) return warn(13, { ...words, what: `${words.what} So few events may be chance, so it only warns.` })
  return block(row, words)
}

const figuresOf = (reading: ReadReading, burning: readonly Burning[]): Figure[] =>
  burning.flatMap(({ pair, short, long, threshold }) => [
    figureOf(reading, pair.short, short, threshold),
    figureOf(reading, pair.long, long, threshold),
  ])

const figureOf = (reading: ReadReading, window: Window, value: number, threshold: number): Figure => ({
  ...{ name: `error ratio of ${window}`, value, threshold },
  query: reading.windows[window].query,
})

const sayBurn = (ratio: number, budget: number): string =>
  budget > 0 ? `${sayNumber(ratio / budget)} times as fast as it may` : 'though it has none'

const sayPairs = (burning: readonly Burning[]): string =>
  burning
    .map(({ pair, short, long }) => `${sayShare(short)} bad in ${pair.short}, ${sayShare(long)} in ${pair.long}`)
    .join('; ')

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
