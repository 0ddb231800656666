import type { Slo } from '../spec/read'

type Matcher = (labels: Readonly<Record<string, string>>) => boolean
/** A counter whose series are added up: `+1`, or taken away: `-1`. */
export type Term = { sign: 1 | -1; metric: string; matches: Matcher }

/**
 * The terms of an SLO's two queries, to count its events off the counters themselves. Throws an Error for a query that is more than
 * `sum(rate(…))`, added and taken away: without a Prometheus nobody could answer it.
 */
export function termsOf({ id, sli }: Slo): { total: Term[]; bad: Term[] } {
  if (sli.kind !== 'events') throw new Error(`${id} has no events to count`)
  return { total: readTerms(id, sli.totalQuery), bad: readTerms(id, sli.errorQuery) }
}

const sumOfRate =
  /^\s*([+-]?)\s*sum\s*\(\s*rate\s*\(\s*([a-zA-Z_:][\w:]*)\s*\{((?:[^"}]|"(?:[^"\\]|\\.)*")*)\}\s*\[\{\{ *\.window *\}\}\]\s*\)\s*\)\s*/
const labelMatcher = /\s*(\w+)\s*(=~|!~|!=|=)\s*"((?:[^"\\]|\\.)*)"\s*(?:,|$)/y

function readTerms(id: string, query: string): Term[] {
  const terms: Term[] = []
  for (let rest = query; rest !== ''; ) {
    const [whole, sign, metric = '', selector = ''] = sumOfRate.exec(rest) ?? []
    if (whole === undefined || (sign === '') !== (terms.length === 0)) {
      throw new Error(`${id}: only sum(rate(…)), added and taken away, can be counted, and not ${rest}`)
    }
    terms.push({ sign: sign === '-' ? -1 : 1, metric, matches: readMatchers(id, selector) })
    rest = rest.slice(whole.length)
  }
  return terms
}

/** As PromQL has it: a label that is not there is empty, and an expression is of the whole value. */
function readMatchers(id: string, selector: string): Matcher {
  const matchers: Matcher[] = []
  for (labelMatcher.lastIndex = 0; labelMatcher.lastIndex < selector.length; ) {
    const [whole, label = '', operator = '', quoted = ''] = labelMatcher.exec(selector) ?? []
    if (whole === undefined) throw new Error(`${id}: the labels {${selector}} cannot be read`)
    const value = quoted.replaceAll(/\\(.)/g, '$1')
    const pattern = new RegExp(`^(?:${value})$`, 's')
    const isMeant = (found: string) => (operator.includes('~') ? pattern.test(found) : found === value)
    const isWanted = !operator.startsWith('!')
    matchers.push((labels) => isMeant(labels[label] ?? '') === isWanted)
  }
  return (labels) => matchers.every((matches) => matches(labels))
}
