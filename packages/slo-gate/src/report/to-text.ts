import type { Decision } from '../gate/decide'
import type { Finding } from '../verdict/finding'
import { saySpan, sayTime } from '../verdict/say'
import { sayDecision, sayUntil, secondsToUnblock, wordOf } from './sentences'

/** For people: what, why, until when. */
export function toText(decision: Decision): string {
  const { at, isReplay, slos, notices, source } = decision
  const seconds = secondsToUnblock(decision)
  return [
    sayDecision(decision),
    ...(seconds !== null && seconds > 0 ? [`Earliest in ${saySpan(seconds)}, if nothing new goes wrong.`] : []),
    '',
    ...slos.flatMap(({ slo, verdict, findings, terms }) => [
      `${wordOf[verdict].toUpperCase()}  ${slo.id} (${slo.objective} %, tier ${terms.tier}, ${slo.file}:${slo.line})`,
      ...findings.flatMap((finding) => linesOf(finding, at)),
    ]),
    ...(notices.length > 0 ? ['', ...notices] : []),
    '',
    `Asked ${source.url}${source.tenant === null ? '' : ` as ${source.tenant}`} about ${sayTime(at)}${isReplay ? ', a moment of the past' : ''}.`,
  ].join('\n')
}

function linesOf(finding: Finding, now: number): string[] {
  const until = sayUntil(finding, now)
  return [`  ${finding.what} [row ${finding.row}]`, ...(until === null ? [] : [`  ${until}`])]
}
