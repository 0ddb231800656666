import { expect, test } from 'bun:test'
import { windows } from '../verdict/windows'
import { evaluatedAt, findStaleRules, intervalOf } from './rules'

const now = 1_790_000_000
const iso = (ago: number) => new Date((now - ago) * 1_000).toISOString()
const names = [
  'slo:sli_total:rate5m',
  'slo:sli_bad:rate5m',
  ...windows.map((window) => `slo:sli_error:ratio_rate${window}`),
]
const rule = (name: string, changes = {}) => ({
  ...{ name, labels: { sloth_id: 'a' }, health: 'ok', lastEvaluation: iso(10) },
  ...changes,
})
const slo = { id: 'a' }
const stale = (
  rules: ReturnType<typeof rule>[],
  { interval = 60, serverTime = now }: { interval?: number; serverTime?: number | null } = {},
) => findStaleRules(slo, { groups: [{ name: 'g', interval, rules }], serverTime }, now)
const whole = names.map((name) => rule(name))
const withFirst = (changes: object) => whole.map((each, index) => (index === 0 ? { ...each, ...changes } : each))

test('rules that are all there, well and fresh have no fault', () => {
  expect(stale(whole)).toEqual([])
  expect(stale([...whole, rule('other', { labels: { sloth_id: 'b' }, health: 'err' })])).toEqual([])
})

test('none at all, one that is missing, one that fails or never ran', () => {
  expect(stale([])).toEqual(['It has no rules for this SLO.'])
  for (const name of names)
    expect(stale(whole.filter((each) => each.name !== name))).toEqual([`It has no rule ${name}.`])
  expect(stale(withFirst({ health: 'err', lastError: 'many-to-many' }))[0]).toContain('fails: many-to-many')
  expect(stale(withFirst({ health: 'unknown' }))[0]).toContain('its health is unknown')
  expect(stale(withFirst({ lastEvaluation: '0001-01-01T00:00:00Z' }))[0]).toContain('was last evaluated at')
})

test('a rule may be three intervals old, and thirty seconds in any case, by the server’s clock', () => {
  expect([
    stale(withFirst({ lastEvaluation: iso(180) })),
    stale(withFirst({ lastEvaluation: iso(181) })),
  ]).toMatchObject([[], [expect.any(String)]])
  const fast = { interval: 1 }
  expect(stale(withFirst({ lastEvaluation: iso(30) }), fast)).toEqual([])
  expect(stale(withFirst({ lastEvaluation: iso(31) }), fast)).toHaveLength(1)
  expect(stale(withFirst({ lastEvaluation: iso(190) }), { serverTime: now - 20 })).toEqual([])
  expect(stale(withFirst({ lastEvaluation: iso(181) }), { serverTime: null })).toHaveLength(1)
})

test('clocks that are more than thirty seconds apart make every age a guess', () => {
  expect([stale(whole, { serverTime: now + 30 }), stale(whole, { serverTime: now - 31 })]).toEqual([
    [],
    ['Its clock and ours are 31 s apart.'],
  ])
})

test('the oldest evaluation, and the interval, are those of its own rules', () => {
  const rules = {
    groups: [
      { name: 'g', interval: 60, rules: withFirst({ lastEvaluation: iso(50) }) },
      { name: 'h', interval: 300, rules: [] },
    ],
    serverTime: now,
  }
  expect(evaluatedAt(slo, rules)).toBe(iso(50))
  expect([intervalOf(slo, rules), intervalOf({ id: 'b' }, rules)]).toEqual([60, 0])
})
