import { afterAll, expect, test } from 'bun:test'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkers } from '@hourglass/servers/observability'
import { prometheusConfiguration } from '@hourglass/servers/prometheus'
import { isKnownMetric } from './known-metrics'
import { namesIn } from './promql-names'
import { isOfPromise, readRules, readTests } from './rules'

const { alerts, recordings } = readRules()
const folder = mkdtempSync(join(tmpdir(), 'hourglass-rules-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs promtool; answers what it said when it found a fault, `null` when it did not. */
async function complaintOf(...args: string[]): Promise<string | null> {
  const child = Bun.spawn([await checkers.promtool(), ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const said = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()])
  return (await child.exited) === 0 ? null : said.join('')
}

const ymlIn = (path: string) => readdirSync(path).map((name) => join(path, name))

test('promtool finds no fault in any rule, and every test of them holds', async () => {
  const rules = ymlIn(join(prometheusConfiguration, 'rules'))
  expect(await complaintOf('check', 'rules', '--lint=all', '--lint-fatal', ...rules)).toBeNull()
  expect(await complaintOf('test', 'rules', ...ymlIn(join(prometheusConfiguration, 'tests')))).toBeNull()
}, 60_000)

test('every alert has a test in which it is silent a minute before, fires, and ends', () => {
  const tests = readTests()
  const isWhole = (alert: string) =>
    tests.some(({ alert: of, moments }) => {
      if (of !== alert) return false
      const first = moments.findIndex(({ isFiring }) => isFiring)
      const [before, firing] = [moments[first - 1], moments[first]]
      return !!before && !!firing && firing.seconds - before.seconds <= 60 && moments.at(-1)?.isFiring === false
    })
  const names = alerts.filter((alert) => !isOfPromise(alert)).map(({ alert }) => alert)
  expect(names.filter((alert) => !isWhole(alert))).toEqual([])
  const ofNone = tests.filter(({ alert, moments }) => moments.length > 0 && !names.includes(alert))
  expect(ofNone.map(({ name }) => name)).toEqual([])
})

test('every metric that a rule reads is in docs/metrics.md, recorded by a rule, or an exporter’s', () => {
  const read = [...new Set([...alerts, ...recordings].flatMap(({ expr }) => namesIn(expr)))]
  expect(read.length).toBeGreaterThan(30)
  expect(read.filter((name) => !isKnownMetric(name))).toEqual([])
})

const dashboards = ['infrastructure', 'application', 'business', 'exam-room', 'logs', 'slo']

test('every alert leads to a dashboard, and no two have one name, but those of promises', () => {
  const uids = alerts.map(({ annotations }) => annotations.dashboard_url.replace(/^\/d\//, ''))
  expect(uids.filter((uid) => !dashboards.includes(uid))).toEqual([])
  const names = alerts.map((alert) => (isOfPromise(alert) ? JSON.stringify([alert.alert, alert.labels]) : alert.alert))
  expect(names).toEqual([...new Set(names)])
})

test.each([
  ['infrastructure', 'CpuBusy', '> 0.8', '> 0.79'],
  ['application', 'RequestsFailing', '* 300 >= 10', '* 300 >= 1'],
  ['application', 'RequestsSlow', '[5m]))) > 2', '[5m]))) > 3'],
  ['exam-room', 'SavesStopped', 'exams_attempts_open) >= 5', 'exams_attempts_open) >= 4'],
  ['exam-room', 'AnswersFailing', 'failed|unavailable', 'unavailable'],
  ['events', 'OutboxStuck', '> 60', '>= 60'],
  ['telemetry', 'AlertsUndelivered', '>= 2', '>= 1'],
  ['evaluation', 'RulesSilent', '>= 3', '>= 2'],
  ['evaluation', 'RulesSilent', '> 3 *', '> 4 *'],
  ['evaluation', 'RulesSkipped', '>= 3', '>= 2'],
])(
  '%s: %s with “%s” made “%s” turns its test red',
  async (file, alert, from, to) => {
    const copy = join(folder, `${alert}-broken`)
    cpSync(prometheusConfiguration, copy, { recursive: true })
    const path = join(copy, `rules/${file}.yml`)
    const text = readFileSync(path, 'utf8')
    expect(text).toContain(from)
    writeFileSync(path, text.replaceAll(from, to))
    const complaint = await complaintOf('test', 'rules', `--run=${alert}`, join(copy, `tests/${file}.test.yml`))
    expect(complaint).toContain(`alertname=\\"${alert}\\"`)
  },
  30_000,
)
