import type { Decision, SloDecision } from '../gate/decide'

/** A suite a service, a case an SLO: what blocks is a failure, what cannot be told an error. Warnings stand in the output of their case. */
export function toJunit({ slos, at }: Decision): string {
  const services = [...new Set(slos.map(({ slo }) => slo.service))]
  const suites = services.map((service) => {
    const own = slos.filter(({ slo }) => slo.service === service)
    const timestamp = new Date(at * 1_000).toISOString().slice(0, 19)
    return [
      `  <testsuite name="${toXml(service)}" ${countsOf(own)} timestamp="${timestamp}">`,
      ...own.map(toCase),
      '  </testsuite>',
    ].join('\n')
  })
  const all = `<testsuites name="slo-gate" ${countsOf(slos)}>`
  return ['<?xml version="1.0" encoding="UTF-8"?>', all, ...suites, '</testsuites>', ''].join('\n')
}

function countsOf(slos: readonly SloDecision[]): string {
  const count = (verdict: string) => slos.filter((each) => each.verdict === verdict).length
  return `tests="${slos.length}" failures="${count('block')}" errors="${count('cannot-tell')}"`
}

function toCase({ slo, verdict, findings }: SloDecision): string {
  const said = findings.map(({ what }) => what).join('\n')
  const tag = verdict === 'block' ? 'failure' : verdict === 'cannot-tell' ? 'error' : 'system-out'
  const attributes = tag === 'system-out' ? '' : ` message="${toXml(said)}"`
  const file = `file="${toXml(slo.file)}" line="${slo.line}"`
  return [
    `    <testcase classname="${toXml(slo.service)}" name="${toXml(slo.id)}" ${file}>`,
    `      <${tag}${attributes}>${toXml(said)}</${tag}>`,
    '    </testcase>',
  ].join('\n')
}

/** XML 1.0 has no place for most control characters, however they are written. */
const toXml = (text: string): string =>
  [...text]
    .filter((character) => character >= ' ' || character === '\n' || character === '\t')
    .join('')
    .replaceAll(/[&<>"\n]/g, (character) => `&#${character.charCodeAt(0)};`)
