import { parser } from '@prometheus-io/lezer-promql'

/** A part of an expression, as Prometheus' own grammar has it; it knows where in the text it stands, and not the text. */
export type Node = ReturnType<typeof parser.parse>['topNode']

/** The outermost part of an expression; `null` where the text is no PromQL. */
export function parsePromql(expression: string): Node | null {
  const tree = parser.parse(expression)
  let isBroken = false
  tree.iterate({
    enter: ({ type }) => {
      isBroken ||= type.isError
    },
  })
  return isBroken ? null : tree.topNode.firstChild
}
