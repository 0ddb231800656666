import { type Node, parsePromql } from './parse'

type Labels = Readonly<Record<string, string>>
/** The metric that a selector names, and whether a series with these labels is one of its own. */
export type Selector = { metric: string; matches: (labels: Labels) => boolean }

/**
 * Reads `metric{label="value", …}` as Prometheus would: a label that is not there is empty, and an expression is of the whole value. `null`
 * where the text is anything else, leaves the metric to a matcher, or needs what JavaScript reads otherwise than Prometheus' RE2.
 */
export function readSelector(text: string): Selector | null {
  const node = parsePromql(text)
  const name = node?.name === 'VectorSelector' ? node.getChild('Identifier') : null
  if (!node || !name) return null
  const matchers = childrenOf(node.getChild('LabelMatchers')).map((matcher) => readMatcher(matcher, text))
  if (!matchers.every((each) => each !== null)) return null
  return { metric: textOf(name, text), matches: (labels) => matchers.every((matches) => matches(labels)) }
}

function readMatcher(node: Node, text: string): ((labels: Labels) => boolean) | null {
  const [label, operator, literal] = [
    node.getChild('LabelName'),
    node.getChild('MatchOp'),
    node.getChild('StringLiteral'),
  ]
  const value = literal && unquote(textOf(literal, text))
  if (!label || !operator || value === null) return null
  const [name, sign] = [textOf(label, text), textOf(operator, text)]
  const pattern = sign.endsWith('~') ? toPattern(value) : null
  if (sign.endsWith('~') && !pattern) return null
  const isWanted = !sign.startsWith('!')
  return (labels) => {
    const found = labels[name] ?? ''
    return (pattern ? pattern.test(found) : found === value) === isWanted
  }
}

function toPattern(value: string): RegExp | null {
  try {
    return new RegExp(`^(?:${value})$`, 's')
  } catch {
    return null
  }
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', '"': '"', "'": "'" }

/** What stands in quotes; `null` where a character is written by its number, which no label of ours needs. */
function unquote(literal: string): string | null {
  const inner = literal.slice(1, -1)
  if (literal.startsWith('`')) return inner
  const isKnown = [...inner.matchAll(/\\(.)/gs)].every(([, of = '']) => of in escapes)
  return isKnown ? inner.replaceAll(/\\(.)/gs, (_, of: string) => escapes[of] ?? of) : null
}

const textOf = ({ from, to }: Node, text: string): string => text.slice(from, to)

function childrenOf(node: Node | null): Node[] {
  const children: Node[] = []
  for (let child = node?.firstChild ?? null; child; child = child.nextSibling) children.push(child)
  return children
}
