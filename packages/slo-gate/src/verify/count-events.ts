import type { Asker, Series } from '@hourglass/slo/prometheus'
import { sumsOfRates, type Term } from '@hourglass/slo/sums-of-rates'
import { type Matcher, withMatchers } from '@hourglass/slo/with-matchers'
import { Problem } from '../problem'

/** From when to when is counted, in seconds since 1970. */
export type Span = { from: number; to: number }

/** A scraper may have been away for so long without its counters counting as new. */
const lookBackSeconds = 600

/** How many events a query of an indicator counted in a span, on the series that the matchers select: a whole number. */
export async function countEvents(
  asker: Asker,
  { query, matchers, span }: { query: string; matchers: readonly Matcher[]; span: Span },
): Promise<number> {
  const terms = sumsOfRates(query)
  if (!terms) throw new Problem(`Only sums of sum(rate(…)) can be counted event by event, not ${query}`)
  const counts = await Promise.all(terms.map((term) => countTerm(asker, term, matchers, span)))
  return Math.max(0, Math.round(counts.reduce((sum, count) => sum + count, 0)))
}

async function countTerm(asker: Asker, { sign, selector }: Term, matchers: readonly Matcher[], span: Span) {
  const seconds = Math.ceil(span.to - span.from + lookBackSeconds)
  const series = await asker.queryPoints(`${withMatchers(selector, matchers)}[${seconds}s]`, span.to)
  return sign * series.reduce((sum, each) => sum + countSeries(each, span), 0)
}

/**
 * What a counter counted in a span. A value below the one before means that its process began anew; a counter that was not there before the
 * span began at 0, since its process or its labels are new: so the very first event of a kind counts too.
 */
export function countSeries({ points }: Pick<Series, 'points'>, { from }: Span): number {
  let before = points.findLast(({ at }) => at <= from)?.value ?? 0
  let count = 0
  for (const { at, value } of points) {
    if (at <= from) continue
    count += value >= before ? value - before : value
    before = value
  }
  return count
}
