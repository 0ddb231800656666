import { describe, expect, test } from 'bun:test'
import { expose, formatFor } from './exposition'
import { createRegistry } from './registry'

const text = (...registries: ReturnType<typeof createRegistry>[]) => expose(registries, 'text').body

describe('labels are bounded', () => {
  test.each([
    '/api/attempts/0197a3c2-5d7e-7b3a-9c1d-2f4e6a8b0c1d',
    '0197A3C2-5D7E-7B3A-9C1D-2F4E6A8B0C1D',
    'ada@example.org',
    '/search?q=x',
    '1234567',
    'd41d8cd98f00b204e9800998ecf8427e',
    'x'.repeat(101),
  ])('"%s" names one thing: it is counted as other, and that is counted too', (value) => {
    const registry = createRegistry({})
    const counter = registry.counter({ name: 'things_total', help: 'Things.', labels: ['thing'] })
    counter.inc({ thing: value })
    counter.inc({ thing: value })
    expect(text(registry)).toContain('things_total{thing="other"} 2\n')
    expect(text(registry)).toContain('telemetry_labels_refused_total{metric="things_total"} 2\n')
    expect(text(registry)).not.toContain(value)
  })

  test.each(['/api/attempts/:id/answers/:questionId', 'PUT', 503, 'person.changed', 'unmatched', 'audit chain'])(
    '"%s" names a kind',
    (value) => {
      const registry = createRegistry({})
      registry.counter({ name: 'things_total', help: 'Things.', labels: ['thing'] }).inc({ thing: value })
      expect(text(registry)).toContain(`things_total{thing="${value}"} 1\n`)
    },
  )

  test('more than 400 combinations are not kept apart', () => {
    const registry = createRegistry({})
    const counter = registry.counter({ name: 'things_total', help: 'Things.', labels: ['thing'] })
    for (let index = 0; index < 1_000; index++) counter.inc({ thing: `kind${index}` })
    expect(text(registry)).toContain('things_total{thing="other"} 600\n')
    expect(text(registry).match(/^things_total/gm)).toHaveLength(401)
  })
})

describe('an exposition', () => {
  const histogramOf = (registry: ReturnType<typeof createRegistry>) =>
    registry.histogram({ name: 'wait_seconds', help: 'Waits.', labels: ['route'], buckets: [0.1, 1] })

  test('has cumulative buckets, a sum and a count', () => {
    const registry = createRegistry({ service: 'exams' })
    const histogram = histogramOf(registry)
    for (const value of [0.05, 0.1, 0.5, 7]) histogram.observe({ route: '/a' }, value)
    expect(text(registry)).toContain(
      [
        '# TYPE wait_seconds histogram',
        'wait_seconds_bucket{route="/a",le="0.1",service="exams"} 2',
        'wait_seconds_bucket{route="/a",le="1",service="exams"} 3',
        'wait_seconds_bucket{route="/a",le="+Inf",service="exams"} 4',
        'wait_seconds_sum{route="/a",service="exams"} 7.65',
        'wait_seconds_count{route="/a",service="exams"} 4',
      ].join('\n'),
    )
  })

  test('a scraper that asks for OpenMetrics gets exemplars, another does not', () => {
    const registry = createRegistry({})
    histogramOf(registry).observe({ route: '/a' }, 0.5, 'abc123')
    registry.counter({ name: 'things_total', help: 'Things.' }).inc({})
    const open = expose([registry], formatFor('application/openmetrics-text;version=1.0.0,text/plain;q=0.5'))
    expect(open.contentType).toStartWith('application/openmetrics-text')
    expect(open.body).toMatch(/wait_seconds_bucket\{route="\/a",le="1"\} 1 # \{trace_id="abc123"\} 0\.5 \d+\.\d{3}\n/)
    expect(open.body).toContain('# TYPE things counter\nthings_total 1\n')
    expect(open.body).toEndWith('# EOF\n')
    const plain = expose([registry], formatFor('text/plain'))
    expect(plain.body).not.toContain('trace_id')
    expect(plain.body).not.toContain('EOF')
  })

  test('of several services has each family once', () => {
    const [a, b] = [createRegistry({ service: 'a' }), createRegistry({ service: 'b' })]
    for (const registry of [a, b]) registry.counter({ name: 'things_total', help: 'Things.' }).inc({})
    expect(text(a, b).match(/# TYPE things_total/g)).toHaveLength(1)
    expect(text(a, b)).toContain('things_total{service="a"} 1\nthings_total{service="b"} 1\n')
  })

  test('escapes what would end a label or a line', () => {
    const registry = createRegistry({ place: 'a"b\\c\nd' })
    registry.gauge({ name: 'up', help: 'One\nline.', collect: (gauge) => gauge.set({}, 1) })
    expect(text(registry)).toContain('# HELP up One\\nline.\n')
    expect(text(registry)).toContain('up{place="a\\"b\\\\c\\nd"} 1\n')
  })
})

test('a counter ends with _total, and no name is taken twice', () => {
  const registry = createRegistry({})
  expect(() => registry.counter({ name: 'things', help: 'Things.' })).toThrow('_total')
  registry.gauge({ name: 'up', help: 'Up.' })
  expect(() => registry.gauge({ name: 'up', help: 'Up.' })).toThrow('two metrics')
})
