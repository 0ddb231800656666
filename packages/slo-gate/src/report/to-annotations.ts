import type { Decision } from '../gate/decide'
import type { Verdict } from '../verdict/finding'
import { worstFinding } from './sentences'

/** GitHub shows ten of a kind a step, and drops the others without a word. */
const mostOfAKind = 10

const kindOf: Readonly<Record<Verdict, 'error' | 'warning' | null>> = {
  block: 'error',
  'cannot-tell': 'error',
  warn: 'warning',
  pass: null,
}

/** Workflow commands that put each verdict at its SLO's line. Where the gate only reports, nothing is an error. */
export function toAnnotations({ slos }: Decision): string[] {
  const all = slos.flatMap((each) => {
    const finding = worstFinding(each)
    const kind = each.terms.mode === 'enforce' ? kindOf[each.verdict] : kindOf[each.verdict] && 'warning'
    if (!kind || !finding) return []
    const { file, line, id } = each.slo
    return [
      { kind, text: `::${kind} file=${property(file)},line=${line},title=${property(id)}::${data(finding.what)}` },
    ]
  })
  return (['error', 'warning'] as const).flatMap((kind) => {
    const own = all.filter((each) => each.kind === kind).map(({ text }) => text)
    if (own.length <= mostOfAKind) return own
    const left = own.length - mostOfAKind + 1
    return [...own.slice(0, mostOfAKind - 1), `::${kind} title=SLO gate::${left} more are in the report.`]
  })
}

const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
