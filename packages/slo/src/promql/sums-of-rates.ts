import { type Node, parsePromql } from './parse'

/** A selector whose events are added, or taken away: `+1` or `−1`. */
export type Term = { sign: 1 | -1; selector: string }

/**
 * Takes apart an expression that is nothing but `sum(rate(…))`, added and taken away, as most indicators are; `null` for any other. Its
 * events can then be counted one by one, where `rate` guesses what was before the first and after the last of them. Where the window of an
 * indicator belongs, `{{.window}}` may stand.
 */
export function sumsOfRates(expression: string): Term[] | null {
  const text = expression.replaceAll(/\{\{ *\.window *\}\}/g, '5m')
  const root = parsePromql(text)
  return root && termsOf(root, 1, text)
}

function termsOf(node: Node, sign: 1 | -1, text: string): Term[] | null {
  if (node.name === 'ParenExpr') return node.firstChild ? termsOf(node.firstChild, sign, text) : null
  if (node.name === 'AggregateExpr') return ofSum(node, sign, text)
  if (node.name !== 'BinaryExpr' || node.getChild('MatchingModifierClause')) return null
  const [left, right] = [node.firstChild, node.lastChild]
  const isMinus = node.getChild('Sub') !== null
  if (!left || !right || (!isMinus && !node.getChild('Add'))) return null
  const first = termsOf(left, sign, text)
  const second = termsOf(right, isMinus ? negative(sign) : sign, text)
  return first && second ? [...first, ...second] : null
}

const negative = (sign: 1 | -1): 1 | -1 => (sign === 1 ? -1 : 1)

function ofSum(node: Node, sign: 1 | -1, text: string): Term[] | null {
  if (!node.getChild('AggregateOp')?.getChild('Sum') || node.getChild('AggregateModifier')) return null
  const call = node.getChild('FunctionCallBody')?.firstChild
  if (call?.name !== 'FunctionCall' || !call.getChild('FunctionIdentifier')?.getChild('Rate')) return null
  const range = call.getChild('FunctionCallBody')?.firstChild
  const selector = range?.name === 'MatrixSelector' ? range.getChild('VectorSelector') : null
  return selector ? [{ sign, selector: text.slice(selector.from, selector.to) }] : null
}
