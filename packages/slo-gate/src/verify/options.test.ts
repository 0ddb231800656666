import { afterAll, beforeAll, expect, test } from 'bun:test'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { specOf } from '../../fixtures/prometheus'
import { readVerifyOptions } from './options'

const folder = mkdtempSync(join(tmpdir(), 'hourglass-verify-options-'))
const policy = join(folder, 'gate/policy.yaml')
beforeAll(() => {
  mkdirSync(join(folder, 'gate'))
  writeFileSync(join(folder, 'shop.yaml'), specOf('shop'))
  const rest = 'tiers: {}\nservices: {}\nenvironments: { production: { labels: { cluster: eu } } }\n'
  writeFileSync(policy, `version: hourglass-gate/v1\n${rest}`)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const now = 1_790_000_000
const read = (args: string) =>
  readVerifyOptions(
    ['--slos', folder, '--policy', policy, ...args.split(' ').filter(Boolean)],
    { PROMETHEUS_URL: 'http://127.0.0.1:9090' },
    now,
  )
const usual = '--environment production --service shop --canary 2.0 --stable 1.0'

test('both are counted from now on, for half an hour, on the series of the environment', () => {
  expect(read(usual).request).toMatchObject({
    ...{ since: now, lastsSeconds: 1_800, everySeconds: 60, leastEvents: 50, budgets: 1, level: 0.05 },
    ...{ matchers: [{ label: 'cluster', operator: '=', value: 'eu' }], slos: [{ id: 'shop-main' }] },
  })
  expect(read(`${usual} --since 2026-09-01T00:00:00Z`).request.since).toBe(Date.parse('2026-09-01T00:00:00Z') / 1_000)
})

test.each([
  ['', 'Say where, what'],
  ['--environment production --service shop --canary 1.0 --stable 1.0', 'not one with itself'],
  ['--environment production --service nobody --canary 2.0 --stable 1.0', 'No SLO speaks'],
  [`${usual} --slo shop-x`, 'shop has no SLO "shop-x"'],
  [`${usual} --level 0.5`, 'below 0.5'],
  [`${usual} --every -1`, '--every'],
  [`${usual} --since 2030-01-01T00:00:00Z`, '--since wants a moment of the past'],
  [`${usual} --color`, 'slo:gate verify'],
])('%j is wrong', (args, expected) => {
  expect(() => read(args)).toThrow(expected)
})
