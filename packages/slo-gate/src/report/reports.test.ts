import { expect, test } from 'bun:test'
import { decisionOf, named } from '../../fixtures/decision'
import { factsWith, now, readingWith } from '../verdict/test-facts'
import { toAnnotations } from './to-annotations'
import { toJson } from './to-json'
import { toJunit } from './to-junit'
import { toOutputs } from './to-outputs'
import { toSummary } from './to-summary'
import { toText } from './to-text'

const fast = factsWith({ reading: readingWith({ '5m': 0.02, '1h': 0.02 }) })
const failed = factsWith({ reading: { kind: 'failed', why: 'line 1\nline 2: 50 %, <b> | "x"\r' } })
const slow = factsWith({ reading: readingWith({ '2h': 0.004, '1d': 0.004 }) })
const all = decisionOf([named('a', fast), named('b', failed), named('c', slow), named('d', factsWith())])

test('people read what, why and until when', () => {
  const text = toText(decisionOf([fast], { notices: ['Override O-1 does not hold: it is over.'] }))
  expect(text.split('\n')).toEqual([
    'Blocked: exams to production may not go out.',
    'Earliest in 1 minute, if nothing new goes wrong.',
    '',
    'BLOCKED  exams-saves (99.9 %, tier critical, slo/exams.yaml:4)',
    '  It burns its budget 20 times as fast as it may right now (2 % bad in 5m, 2 % in 1h). [row 9]',
    '  If nothing new goes wrong, that is over in 1 minute (2026-09-21 14:14 UTC).',
    '',
    'Override O-1 does not hold: it is over.',
    '',
    'Asked http://prometheus:9090 about 2026-09-21 14:13 UTC.',
  ])
})

test('the first sentence says what becomes of the deploy, in every mode', () => {
  const first = (...facts: Parameters<typeof decisionOf>) => toText(decisionOf(...facts)).split('\n')[0]
  expect(first([factsWith()])).toBe('exams to production may go out.')
  expect(first([slow])).toBe('exams to production may go out, with warnings.')
  expect(first([failed])).toBe('Cannot tell whether exams to production may go out, so it may not.')
  const reported = factsWith({ ...{ reading: fast.reading }, terms: { mode: 'report' } })
  expect(first([reported])).toContain('since the gate is in mode "report". It would be blocked.')
})

test('the JSON has a version, the whole evidence, and nothing that JSON cannot say', () => {
  const json = toJson(all, '1.2.3')
  expect(JSON.parse(JSON.stringify(json))).toEqual(json)
  expect(json).toMatchObject({
    ...{ schema: 'hourglass-gate-report/v1', gateVersion: '1.2.3', atSeconds: now, verdict: 'block', exitCode: 1 },
    slos: [
      {
        ...{ id: 'a', specHash: 'abc', mode: 'enforce', verdict: 'block' },
        findings: [{ row: 9, figures: [{ query: 'ratio 5m', value: 0.02, threshold: 0.0144 }, {}] }],
        evidence: { windows: { '1h': { total: 60_000, bad: 1_200, coverage: 1 } } },
      },
      { evidence: { kind: 'failed' } },
      {},
      {},
    ],
  })
})

test('JUnit has a failure, an error, and two that pass', () => {
  const xml = toJunit(all)
  expect(xml).toContain('<testsuite name="exams" tests="4" failures="1" errors="1"')
  expect(xml.match(/<failure /g)).toHaveLength(1)
  expect(xml).toContain('line 1&#10;line 2: 50 %, &#60;b&#62; | &#34;x&#34;')
  expect(xml).not.toContain('\r')
})

test('the summary is a table whose cells hold what they are given, the worst first, and fits', () => {
  const lines = toSummary(all).split('\n')
  const rows = lines.filter((line) => line.startsWith('| ')).slice(2)
  expect(rows.map((line) => line.split(' | ')[0])).toEqual(['| a', '| b', '| c', '| d'])
  expect(rows[1]).toContain('line 1 line 2: 50 %, &lt;b> \\| "x"')
  const many = decisionOf(Array.from({ length: 9_000 }, (_, index) => named(`slo-${index}`, fast)))
  expect(Buffer.byteLength(toSummary(many))).toBeLessThan(1_048_576)
  expect(toSummary(many)).toContain('more lines are in the report')
})

test('annotations stand at their SLO, are escaped, and are ten of a kind at the most', () => {
  const odd = { ...failed, slo: { ...failed.slo, id: 'a:b,c', file: 'slo/100%.yaml' } }
  expect(toAnnotations(decisionOf([odd, slow]))).toEqual([
    '::error file=slo/100%25.yaml,line=4,title=a%3Ab%2Cc::Prometheus cannot be asked: line 1%0Aline 2: 50 %25, <b> | "x"%0D',
    expect.stringMatching(/^::warning file=slo\/exams.yaml,line=4,title=exams-saves::It burns slowly/),
  ])
  const many = toAnnotations(decisionOf(Array.from({ length: 14 }, () => fast)))
  expect(many).toHaveLength(10)
  expect(many[9]).toBe('::error title=SLO gate::5 more are in the report.')
  const reported = factsWith({ reading: fast.reading, terms: { mode: 'report' } })
  expect(toAnnotations(decisionOf([reported]))[0]).toStartWith('::warning ')
})

test('outputs are read back whole, whatever stands in them', () => {
  const values = new Map<string, string>()
  const text = toOutputs(all)
  for (const [, name = '', end = ''] of text.matchAll(/^([a-z-]+)<<(\S+)$/gm)) {
    const begin = text.indexOf(`${name}<<${end}\n`) + `${name}<<${end}\n`.length
    values.set(name, text.slice(begin, text.indexOf(`\n${end}\n`, begin)))
  }
  expect(Object.fromEntries(values)).toMatchObject({
    ...{ verdict: 'block', 'exit-code': '1', 'would-block': 'true', blocking: 'a b', 'seconds-to-unblock': '' },
  })
})
