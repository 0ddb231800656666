import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createAsker } from '@hourglass/slo/prometheus'
import { readSlos } from '@hourglass/slo/spec'
import { type Past, steady } from '../../fixtures/past'
import { type Group, type PastPrometheus, specOf, startWithPast } from '../../fixtures/prometheus'
import type { Change } from '../change'
import { Policy } from '../policy/policy'
import { Problem } from '../problem'

import { factsWith } from '../verdict/test-facts'
import { type Decision, exitCodeOf } from './decide'
import { type GateRequest, runGate } from './run-gate'

/** Nine days: more than a quarter of 30. */
const long = 9 * 1_440
const hour = 60
const day = 1_440
/** 1000 requests a minute, `bad` of them within the last `minutes`. */
const burning = (minutes: number, bad: number) => (ago: number) =>
  ago < minutes ? { good: 1_000 - bad, bad } : { good: 1_000, bad: 0 }

const pasts: Past[] = [
  { name: 'healthy', minutes: long, at: steady(1_000) },
  { name: 'fast', minutes: long, at: burning(90, 20) },
  { name: 'six-hours', minutes: long, at: burning(6 * hour, 8) },
  {
    name: 'empty',
    minutes: long,
    at: (ago) => (ago > 5 * day && ago < 6 * day ? { good: 985, bad: 15 } : { good: 1_000, bad: 0 }),
  },
  { name: 'slow', minutes: long, at: burning(day, 4) },
  { name: 'no-reserve', minutes: long, at: burning(2 * day, 4) },
  { name: 'idle', minutes: long, at: (ago) => (ago < 30 ? { good: 0, bad: 0 } : { good: 1_000, bad: 0 }) },
  {
    name: 'asleep',
    minutes: long,
    at: (ago) => (ago < 30 ? { good: 0, bad: 0 } : { good: 1_000, bad: 0 }),
    isUp: false,
  },
  { name: 'vanished', minutes: long, at: (ago) => (ago < 2 * hour ? null : { good: 1_000, bad: 0 }) },
  { name: 'silent', minutes: long, at: (ago) => (ago < 2 * day ? null : { good: 1_000, bad: 0 }) },
  { name: 'never', minutes: -1, at: () => null },
  { name: 'holed', minutes: long, at: (ago) => (ago > hour + 10 && ago < 3 * hour ? null : { good: 1_000, bad: 0 }) },
  {
    name: 'young',
    minutes: 20 * hour,
    at: (ago) => (ago > 10 * hour ? { good: 900, bad: 100 } : { good: 1_000, bad: 0 }),
  },
  // One request in three minutes, two of the last twenty bad.
  {
    name: 'rare',
    minutes: long,
    at: (ago) => ({ good: ago % 3 === 0 && ago !== 3 && ago !== 30 ? 1 : 0, bad: ago === 3 || ago === 30 ? 1 : 0 }),
  },
  { name: 'needy', minutes: long, at: steady(1_000) },
  { name: 'wishful', minutes: long, at: steady(1_000) },
  { name: 'unruled', minutes: long, at: steady(1_000) },
  { name: 'edited', minutes: long, at: steady(1_000) },
  { name: 'failing-rule', minutes: long, at: steady(1_000) },
  { name: 'twice', minutes: long, at: steady(1_000) },
  { name: 'not-a-number', minutes: long, at: (ago) => (ago < 30 ? { good: 0, bad: 0 } : { good: 1_000, bad: 0 }) },
  { name: 'above-one', minutes: long, at: steady(400, 600) },
]

/** Spoils the rules of some, as things go wrong. */
function change(service: string, group: Group): Group | null {
  const withExpressions = (write: (expr: string) => string): Group => ({
    ...group,
    rules: group.rules.map((rule) => ({ ...rule, expr: write(rule.expr) })),
  })
  if (service === 'unruled') return null
  // Two series meet one: that fails whenever it is evaluated.
  if (service === 'failing-rule') {
    return withExpressions((expr) => expr.replace('vector(0.001)', '(vector(1) or on () up) * on () up'))
  }
  if (service === 'not-a-number') return withExpressions((expr) => expr.replaceAll(' > 0)', ')'))
  if (service === 'above-one') {
    return withExpressions((expr) => expr.replaceAll('/ (sum(rate(', '/ (0.5 * sum(rate('))
  }
  if (service !== 'twice') return group
  const again = group.rules
    .filter(({ record }) => record === 'slo:sli_error:ratio_rate1h')
    .map((rule) => ({ ...rule, labels: { ...rule.labels, owner: 'other' } }))
  return { ...group, rules: [...group.rules, ...again] }
}

const examRoom = (cluster: string, now: number, open: number) => [
  ...Object.entries({ measured: now, 'next-opening': 0, 'last-closing': 0, 'open-until': open ? now + 3_600 : 0 }).map(
    ([moment, value]) => `exams_timetable_timestamp_seconds{cluster="${cluster}",moment="${moment}"} ${value} ${now}`,
  ),
  `exams_exams{cluster="${cluster}",state="open"} ${open} ${now}`,
  `exams_attempts_open{cluster="${cluster}"} 0 ${now}`,
]

const policy = Policy.parse({
  version: 'hourglass-gate/v1',
  tiers: { critical: { reserve: 0.2 }, low: { whenUnknown: 'open-with-warn', whenEmpty: 'warn' } },
  services: Object.fromEntries(
    pasts.map(({ name }) => {
      const needs =
        name === 'needy' ? [{ service: 'fast', outcome: 'block' }] : name === 'wishful' ? [{ service: 'empty' }] : []
      return [name, { tier: 'critical', needs }]
    }),
  ),
  environments: {
    production: {},
    frozen: {},
    warned: { mode: 'warn' },
    reported: { mode: 'report' },
    examined: { labels: { cluster: 'busy' } },
    unexamined: { labels: { cluster: 'nowhere' } },
  },
  freezes: [
    {
      ...{ name: 'always', reason: 'A test.', zone: 'UTC', environments: ['frozen'] },
      yearly: { from: '01-01', until: '12-31' },
    },
  ],
  exams: { environments: ['examined', 'unexamined'], staleAfterSeconds: 300 },
})

setDefaultTimeout(120_000)
let prometheus: PastPrometheus
let request: Omit<GateRequest, 'now' | 'change'>
beforeAll(async () => {
  prometheus = await startWithPast(pasts, {
    change,
    more: (now) => ['# TYPE exams_timetable_timestamp_seconds gauge', ...examRoom('busy', now, 1)],
  })
  // After its rules were made.
  const edited = readFileSync(prometheus.slos, 'utf8').replace(
    specOf('edited'),
    specOf('edited').replace('objective: 99.9', 'objective: 99.5'),
  )
  request = {
    ...{ isReplay: false, policy, overrides: [], audit: [], source: { url: prometheus.url, tenant: null } },
    slos: readSlos([{ file: 'slo/shops.yaml', text: edited }]).flatMap(({ slos }) => slos),
  }
}, 120_000)
afterAll(() => prometheus?.stop())

const sha = 'a'.repeat(40)
function decide(services: string[], changes: Partial<Change> = {}, more: Partial<GateRequest> = {}): Promise<Decision> {
  const { change } = factsWith({ change: { sha, services, ...changes } })
  const whole = { ...request, now: Date.now() / 1_000, change, ...more }
  return runGate(createAsker({ url: whole.source.url, deadlineMs: 60_000 }), whole)
}
/** One decision about every service of the table. */
let asked: Promise<Decision> | null = null
function all(): Promise<Decision> {
  asked ??= decide(Object.keys(table))
  return asked
}
const rowsOf = ({ slos }: Pick<Decision, 'slos'>) =>
  slos.map(({ verdict, findings }) => [verdict, ...findings.map(({ row, kind }) => `${row} ${kind}`)])

/** Each service, with the verdict and the rows that it must have. */
const table: Record<string, string[]> = {
  healthy: ['pass', '15 healthy'],
  unruled: ['cannot-tell', '7 stale-rules'],
  edited: ['cannot-tell', '7 stale-rules'],
  'failing-rule': ['cannot-tell', '7 stale-rules'],
  twice: ['cannot-tell', '7 stale-rules'],
  'not-a-number': ['cannot-tell', '7 stale-rules'],
  'above-one': ['cannot-tell', '7 stale-rules'],
  idle: ['pass', '8 idle', '15 healthy'],
  asleep: ['block', '8 vanished'],
  vanished: ['block', '8 vanished'],
  silent: ['cannot-tell', '8 silent'],
  never: ['warn', '12 short-history'],
  holed: ['cannot-tell', '8 window-missing'],
  fast: ['block', '9 fast-burn'],
  'six-hours': ['block', '9 fast-burn'],
  empty: ['block', '10 empty-budget'],
  slow: ['warn', '11 slow-burn'],
  'no-reserve': ['block', '11 slow-burn'],
  young: ['warn', '12 short-history'],
  needy: ['block', '14 dependency-burning'],
  wishful: ['warn', '14 dependency-empty'],
}

describe('against a real Prometheus with a past', () => {
  test.each(Object.entries(table))('%s: %j', async (service, expected) => {
    const slos = (await all()).slos.filter(({ slo }) => slo.service === service)
    expect(rowsOf({ slos })).toEqual([expected])
    expect(exitCodeOf(slos)).toBe(expected[0] === 'block' ? 1 : expected[0] === 'cannot-tell' ? 3 : 0)
  })

  test('row 1: a service without an SLO, or that the policy knows not, is refused', async () => {
    const others = request.slos.filter(({ service }) => service !== 'healthy')
    expect(decide(['healthy'], {}, { slos: others })).rejects.toThrow('No SLO speaks for the service "healthy"')
    expect(decide(['nobody'])).rejects.toBeInstanceOf(Problem)
    expect(decide(['healthy'], { environment: 'moon' })).rejects.toThrow('no environment "moon"')
  })

  test('rows 2 to 4: a rollback, an override, a hotfix and a fix go out though it burns', async () => {
    expect(rowsOf(await decide(['fast'], { class: 'rollback' }))).toEqual([['pass', '2 rollback']])
    const hours = { from: Date.now() / 1_000 - 60, expires: Date.now() / 1_000 + 3_600 }
    const override = {
      id: 'O-1',
      by: 'cleo',
      reason: 'An exam needs it.',
      ticket: 'T-1',
      service: 'fast',
      sha,
      ...hours,
    }
    const overridden = await decide(['fast'], {}, { overrides: [override] })
    expect(rowsOf(overridden)).toEqual([['pass', '3 override']])
    expect(overridden.slos[0]?.override).toBe('O-1')
    const late = await decide(['fast'], {}, { overrides: [{ ...override, expires: hours.from + 1 }] })
    expect([rowsOf(late), late.notices]).toEqual([
      [['block', '9 fast-burn']],
      ['Override O-1 does not hold: it is over.'],
    ])
    expect(rowsOf(await decide(['empty'], { class: 'hotfix' }))).toEqual([['warn', '10 empty-budget']])
    expect(rowsOf(await decide(['fast'], { class: 'hotfix' }))).toEqual([['block', '9 fast-burn']])
    expect(rowsOf(await decide(['fast'], { class: 'hotfix', incident: 'I-1' }))).toEqual([['warn', '9 fast-burn']])
    const fix = { class: 'fix', labels: ['slo-fix'], reason: 'Mends it.' } as const
    expect(rowsOf(await decide(['fast'], fix))).toEqual([['warn', '9 fast-burn']])
  })

  test('row 5: a window of the calendar, an exam, and an exam room that nobody can ask', async () => {
    expect(rowsOf(await decide(['healthy'], { environment: 'frozen' }))).toEqual([['block', '5 freeze']])
    const busy = await decide(['healthy'], { environment: 'examined' })
    expect(rowsOf(busy)).toEqual([['block', '5 exam']])
    expect(busy.exams).toMatchObject({ kind: 'busy', why: expect.stringContaining('An exam is open until') })
    const unknown = await decide(['healthy'], { environment: 'unexamined' })
    expect(rowsOf(unknown)).toEqual([['cannot-tell', '5 exam-unknown']])
  })

  test('row 6: nobody answers', async () => {
    const away = { source: { url: 'http://127.0.0.1:1', tenant: null } }
    expect(rowsOf(await decide(['healthy'], {}, away))).toEqual([['cannot-tell', '6 unreachable']])
  })

  test('row 7: a gate whose clock goes wrong believes nothing', async () => {
    for (const seconds of [-45, 45]) {
      const decision = await decide(['healthy'], {}, { now: Date.now() / 1_000 + seconds })
      expect(rowsOf(decision)).toEqual([['cannot-tell', '7 stale-rules']])
      expect(decision.slos[0]?.findings[0]?.what).toContain('clock')
    }
  })

  test('few events only warn', async () => {
    const [rare = []] = rowsOf(await decide(['rare']))
    expect(rare.slice(0, 2)).toEqual(['warn', '13 fast-burn'])
  })

  test('overall the worst counts, and a certain no for more than not knowing', async () => {
    const decision = await decide(['healthy', 'slow', 'holed', 'fast'])
    expect(decision).toMatchObject({ verdict: 'block', exitCode: 1, wouldBlock: true })
    expect(await decide(['healthy', 'holed'])).toMatchObject({ verdict: 'cannot-tell', exitCode: 3 })
    expect(await decide(['healthy', 'slow'])).toMatchObject({ verdict: 'warn', exitCode: 0, wouldBlock: false })
  })

  test.each(['warned', 'reported'])(
    'where it is only %s it stops nothing, and says what it would do',
    async (environment) => {
      expect(await decide(['fast'], { environment })).toMatchObject({ verdict: 'block', exitCode: 0, wouldBlock: true })
    },
  )

  test('an empty budget says when it will be over', async () => {
    const { slos, at } = await decide(['empty'])
    // What was bad was so between five and six days ago, and is gone after 25 at the latest.
    const until = slos[0]?.findings[0]?.until ?? 0
    expect((until - at) / 86_400).toBeGreaterThan(24)
    expect((until - at) / 86_400).toBeLessThan(25.1)
  })

  test('the command says so by its exit code', () => {
    const policyFile = join(dirname(prometheus.slos), 'policy.json')
    writeFileSync(policyFile, JSON.stringify(policy))
    const run = (service: string) =>
      Bun.spawnSync({
        cmd: [
          ...[
            process.execPath,
            join(import.meta.dir, '../main.ts'),
            '--environment',
            'production',
            '--service',
            service,
          ],
          ...['--slos', dirname(prometheus.slos), '--policy', policyFile, '--prometheus', prometheus.url, '--json'],
          ...['--audit', join(dirname(prometheus.slos), 'audit.jsonl')],
        ],
      })
    const [healthy, fast] = [run('healthy'), run('fast')]
    expect([healthy.exitCode, fast.exitCode]).toEqual([0, 1])
    expect(JSON.parse(fast.stdout.toString())).toMatchObject({
      ...{ schema: 'hourglass-gate-report/v1', verdict: 'block' },
      slos: [{ id: 'fast-main', evidence: { traffic: 'flowing', rulesEvaluatedAt: expect.any(String) } }],
    })
  })

  test('each figure comes with the question that it answers', async () => {
    const { slos } = await decide(['fast'])
    const [figure] = slos[0]?.findings[0]?.figures ?? []
    expect(figure).toMatchObject({ name: 'error ratio of 5m', threshold: 0.0144 })
    const [answer] = await createAsker({ url: prometheus.url }).query(figure?.query ?? '', Date.now() / 1_000)
    expect(answer?.value).toBeCloseTo(figure?.value ?? 0, 2)
  })
})
