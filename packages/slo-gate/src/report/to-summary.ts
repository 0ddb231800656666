import type { Decision } from '../gate/decide'
import { sayDecision, sayUntil, wordOf, worstFinding } from './sentences'

/** GitHub leaves out the whole summary of a step above 1 MiB. */
const mostBytes = 1_000_000

/** Markdown for the page of a run: one row an SLO, the worst first. */
export function toSummary(decision: Decision): string {
  const { slos, notices, at } = decision
  const rows = slos.map((each) => {
    const finding = worstFinding(each)
    const until = finding ? sayUntil(finding, at) : null
    const cells = [each.slo.id, `**${wordOf[each.verdict]}**`, [finding?.what, until].filter(Boolean).join(' ')]
    return { rank: order.indexOf(each.verdict), line: `| ${cells.map(toCell).join(' | ')} |` }
  })
  const lines = rows.toSorted((one, other) => one.rank - other.rank).map(({ line }) => line)
  const head = ['## SLO gate', '', toCell(sayDecision(decision)), '', '| SLO | verdict | why |', '| --- | --- | --- |']
  return cut([...head, ...lines, '', ...notices.map((each) => `- ${toCell(each)}`), ''])
}

const order = ['block', 'cannot-tell', 'warn', 'pass']

/** Whole lines only, and said where some are missing. */
function cut(lines: readonly string[]): string {
  const kept: string[] = []
  let bytes = 0
  for (const line of lines) {
    bytes += Buffer.byteLength(line) + 1
    if (bytes > mostBytes)
      return [...kept, '', `${lines.length - kept.length} more lines are in the report.`, ''].join('\n')
    kept.push(line)
  }
  return kept.join('\n')
}

const toCell = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll(/\r?\n/g, ' ')
