import { expect, test } from 'bun:test'
import { readOwnPromises } from '../spec/own-promises'
import { readSlos } from '../spec/read'
import { type Counters, createEventCount } from './count'

type Line = [name: string, suffix: string, labels: Record<string, string>, value: number]
const service = (name: string, ...lines: Line[]): Counters => ({
  labels: { service: name },
  metrics: () =>
    lines.map(([name, suffix, labels, value]) => ({
      name,
      samples: () => [{ suffix, labels: Object.entries(labels), value }],
    })),
})
const slosOf = (errors: string, total: string) =>
  readSlos([
    {
      file: 'a.yaml',
      text: `{version: prometheus/v1, service: exams, slos: [{name: of-test, objective: 99, alerting: {name: A}, sli: {events: {error_query: '${errors}', total_query: '${total}'}}}]}`,
    },
  ]).flatMap(({ slos }) => slos)

test('every promise of ours can be counted off the counters', () => {
  expect(createEventCount(readOwnPromises())([]).size).toBe(readOwnPromises().length)
})

test('good and bad are counted by labels, as PromQL would select them', () => {
  const count = createEventCount(
    slosOf(
      'sum(rate(slo_events_total{sli="saves", outcome!="good"}[{{.window}}]))',
      'sum(rate(slo_events_total{sli=~"sav|saves", service!~"gate.*"}[{{.window}}]))',
    ),
  )
  const events = (outcome: string, value: number): Line => ['slo_events_total', '', { sli: 'saves', outcome }, value]
  const counted = count([
    service('exams', events('good', 90), events('late', 7), ['other_total', '', { sli: 'saves' }, 100]),
    service('gateway', events('good', 1_000)),
    service('grading', ['slo_events_total', '', { sli: 'savesome', outcome: 'late' }, 5]),
  ])
  expect(counted.get('exams-of-test')).toEqual({ total: 97, bad: 7 })
})

test('what was slow is all less what was quick, and never less than none', () => {
  const count = createEventCount(
    slosOf(
      'sum(rate(a_seconds_count{route!~"/health/.*"}[{{.window}}])) - sum(rate(a_seconds_bucket{route!~"/health/.*", le="0.5"}[{{.window}}]))',
      'sum(rate(a_seconds_count{route!~"/health/.*"}[{{.window}}]))',
    ),
  )
  const lines = (all: number, quick: number): Line[] => [
    ['a_seconds', '_count', { route: '/a' }, all],
    ['a_seconds', '_bucket', { route: '/a', le: '0.5' }, quick],
    ['a_seconds', '_bucket', { route: '/a', le: '+Inf' }, all],
    ['a_seconds', '_count', { route: '/health/live' }, 1_000],
  ]
  expect(count([service('exams', ...lines(20, 15))]).get('exams-of-test')).toEqual({ total: 20, bad: 5 })
  expect(count([service('exams', ...lines(20, 21))]).get('exams-of-test')).toEqual({ total: 20, bad: 0 })
})

test.each([
  'sum(rate(a_total{a="b"}[{{.window}}])) / 2',
  'sum(rate(a_total{a="b"}[{{.window}}])) sum(rate(a_total{a="b"}[{{.window}}]))',
  'sum by (a) (rate(a_total{a="b"}[{{.window}}]))',
  'sum(rate(a_total{a="b" c="d"}[{{.window}}]))',
])('%s is refused, not counted as something else', (query) => {
  expect(() => createEventCount(slosOf(query, 'sum(rate(b_total{a="b"}[{{.window}}]))'))).toThrow('exams-of-test')
})
