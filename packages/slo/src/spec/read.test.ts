import { expect, test } from 'bun:test'
import { InvalidSlos, readSlos } from './read'

const good = `version: "prometheus/v1"
service: myservice
labels: { owner: team, tier: 1 }
slos:
  - name: requests-availability
    description: Answers.
    objective: 99.9
    labels: { owner: others }
    sli:
      events:
        error_query: sum(rate(http_requests_total{status=~"5.."}[{{.window}}]))
        total_query: |
          sum(rate(http_requests_total[{{ .window }}]))
    alerting:
      name: MyAlert
      labels: { about: requests }
      annotations: { runbook_url: docs/a.md }
      page_alert: { labels: { severity: page } }
      ticket_alert: { labels: { severity: ticket }, annotations: { runbook_url: docs/b.md } }
`
const read = (text: string) => readSlos([{ file: 'slo/a.yaml', text }])
function faultsOf(...texts: string[]): string[] {
  try {
    readSlos(texts.map((text, index) => ({ file: `slo/${'abc'[index]}.yaml`, text })))
  } catch (error) {
    if (error instanceof InvalidSlos) return error.message.split('\n')
    throw error
  }
  return []
}
const changed = (from: string, to: string): string[] => {
  expect(good).toContain(from)
  return faultsOf(good.replace(from, to))
}

test('a file of Sloth’s is read with its labels and annotations put together as Sloth does', () => {
  const [file] = read(good)
  expect(file).toMatchObject({ file: 'slo/a.yaml', line: 1, service: 'myservice' })
  expect(file?.slos).toEqual([
    {
      id: 'myservice-requests-availability',
      service: 'myservice',
      name: 'requests-availability',
      file: 'slo/a.yaml',
      line: 5,
      description: 'Answers.',
      objective: 99.9,
      budget: 0.001,
      labels: { owner: 'others', tier: '1' },
      sli: {
        kind: 'events',
        errorQuery: 'sum(rate(http_requests_total{status=~"5.."}[{{.window}}]))',
        totalQuery: 'sum(rate(http_requests_total[{{ .window }}]))',
      },
      alerting: {
        name: 'MyAlert',
        page: { labels: { about: 'requests', severity: 'page' }, annotations: { runbook_url: 'docs/a.md' } },
        ticket: { labels: { about: 'requests', severity: 'ticket' }, annotations: { runbook_url: 'docs/b.md' } },
      },
      specHash: expect.stringMatching(/^[0-9a-f]{12}$/),
    },
  ])
})

test('a file may have several services', () => {
  const files = read(`---\n${good}---\n${good.replace('service: myservice', 'service: other')}`)
  expect(files.map(({ service, line }) => [service, line])).toEqual([
    ['myservice', 2],
    ['other', 22],
  ])
})

test('the other two kinds of indicators, plugins, and alerts that are off are read', () => {
  const raw = good.replace(/ {6}events:.*?(?= {4}alerting)/s, '      raw: { error_ratio_query: "up[{{.window}}]" }\n')
  expect(read(raw)[0]?.slos[0]?.sli).toEqual({ kind: 'raw', errorRatioQuery: 'up[{{.window}}]' })
  const plugin = good.replace(/ {6}events:.*?(?= {4}alerting)/s, '      plugin: { id: a/b, options: { n: 5 } }\n')
  expect(read(plugin)[0]?.slos[0]?.sli).toEqual({ kind: 'plugin', id: 'a/b', options: { n: '5' } })
  const off = good.replace(
    / {6}name: MyAlert.*/s,
    '      page_alert: { disable: true }\n      ticket_alert: { disable: true }\n',
  )
  expect(read(off)[0]?.slos[0]?.alerting).toEqual({ name: '', page: null, ticket: null })
  const chained = `${good}    plugins: { overridePrevious: true, chain: [{ id: a/b/v1, config: { x: 1 }, priority: 100 }] }\n`
  expect(read(chained)).toHaveLength(1)
})

test('the hash follows the promise and the question, not the words about them', () => {
  const hashOf = (text: string) => read(text)[0]?.slos[0]?.specHash
  expect(hashOf(good.replace('Answers.', 'Other words.').replace('owner: team', 'owner: new'))).toBe(hashOf(good))
  for (const [from, to] of [
    ['objective: 99.9', 'objective: 99.5'],
    ['status=~"5.."', 'status=~"4.."'],
    ['service: myservice', 'service: yours'],
  ] as const) {
    expect(hashOf(good.replace(from, to))).not.toBe(hashOf(good))
  }
})

test.each([
  ['version: "prometheus/v1"', 'version: prometheus/v2', '1: version: must be "prometheus/v1"'],
  ['version: "prometheus/v1"', 'x: 1', '1: version: must be "prometheus/v1"|1: x: is not known to prometheus/v1'],
  ['service: myservice', 'service: a', '2: service: must have two characters or more, begin and end'],
  ['service: myservice', 'service: my service', '2: service: must have two'],
  ['requests-availability', '-requests', '5: slos[0].name: must have two'],
  ['objective: 99.9', 'objective: 0', '7: slos[0].objective: must be above 0'],
  ['objective: 99.9', 'objective: 100.1', '7: slos[0].objective: must not be above 100'],
  ['    objective: 99.9\n', '', '5: slos[0].objective: is required'],
  ['objective: 99.9', 'objectiv: 99.9', '5: slos[0].objective: is required|7: slos[0].objectiv: is not known'],
  ['[{{ .window }}]', '[5m]', '12: slos[0].sli.events.total_query: must contain {{.window}}'],
  ['{status=~"5.."}[{{.window}}]))', '[{{ .window }}]))', '10: slos[0].sli.events: error_query and total_query must'],
  ['      name: MyAlert\n', '', '14: slos[0].alerting.name: is required unless both alerts are disabled'],
  ['page_alert: { labels', 'page_alert: { label', '18: slos[0].alerting.page_alert.label: is not known'],
  [
    'labels: { about: requests }',
    'labels: { "a-b": requests }',
    '16: slos[0].alerting.labels.a-b: is no name of a label',
  ],
  ['labels: { about: requests }', 'labels: { about: "" }', '16: slos[0].alerting.labels.about: must not be empty'],
  [
    '    sli:\n',
    '    sli:\n      raw: { error_ratio_query: "x[{{.window}}]" }\n',
    '9: slos[0].sli: must have exactly one of',
  ],
  ['owner: team', 'owner: [team', '3: file: is no YAML'],
])('%p made %p is told with file, line and path', (from, to, expected) => {
  const faults = changed(from, to)
  const wanted = expected.split('|')
  for (const [index, start] of wanted.entries()) {
    expect(faults[index] ?? '').toStartWith(`slo/a.yaml:${start}`)
  }
})

test('100 % is taken, though it leaves no budget', () => {
  expect(read(good.replace('objective: 99.9', 'objective: 100'))[0]?.slos[0]?.budget).toBe(0)
})

test('every fault is told, of all files, and that one id is there twice', () => {
  expect(faultsOf(good, good)).toEqual([
    'slo/b.yaml:5: myservice-requests-availability: the SLO myservice-requests-availability is already in slo/a.yaml:5',
  ])
  const twice = good.replace('objective: 99.9', 'objective: -1').replace('[{{ .window }}]', '[1h]')
  expect(faultsOf(twice, good.replace('prometheus/v1', 'v3'))).toHaveLength(3)
})

test('a file without a document, and one without SLOs, is a fault', () => {
  expect(faultsOf('')).toEqual(['slo/a.yaml:1: file: has no document'])
  expect(faultsOf(good.replace(/slos:.*/s, 'slos: []\n'))).toEqual(['slo/a.yaml:4: slos: must have one SLO at least'])
})
