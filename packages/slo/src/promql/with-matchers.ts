import { Problem } from '@hourglass/servers/problem'
import { parser } from '@prometheus-io/lezer-promql'

export type Matcher = { label: string; operator: '=' | '=~' | '!='; value: string }

/**
 * A PromQL expression with these matchers in every one of its selectors, found by Prometheus' own grammar: a regular expression would
 * also meet names of functions, of labels, and what stands in texts. Throws a Problem where the expression cannot be read or selects nothing.
 */
export function withMatchers(expression: string, matchers: readonly Matcher[]): string {
  const added = matchers.map(({ label, operator, value }) => `${label}${operator}${JSON.stringify(value)}`).join(',')
  const edits: { at: number; text: string }[] = []
  let selectors = 0
  parser.parse(expression).iterate({
    enter: ({ node, from, to, type, name }) => {
      if (type.isError) throw new Problem(`This is no PromQL at character ${from}: ${expression}`)
      if (name !== 'VectorSelector') return
      selectors++
      if (added === '') return
      const braces = node.getChild('LabelMatchers')
      if (!braces) {
        edits.push({ at: to, text: `{${added}}` })
        return
      }
      // Before what stands there already: that may end in a comma.
      const isEmpty = expression.slice(braces.from + 1, braces.to - 1).trim() === ''
      edits.push({ at: braces.from + 1, text: isEmpty ? added : `${added},` })
    },
  })
  if (selectors === 0) throw new Problem(`This PromQL selects no series: ${expression}`)
  return edits.toReversed().reduce((text, { at, text: more }) => text.slice(0, at) + more + text.slice(at), expression)
}

/** A text as a regular expression that means nothing else, in Prometheus' dialect (RE2). */
export const escapeRegex = (text: string): string => text.replaceAll(/[.+*?^$()[\]{}|\\]/g, '\\$&')
