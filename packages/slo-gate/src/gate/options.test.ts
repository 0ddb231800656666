import { afterAll, beforeAll, expect, test } from 'bun:test'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { specOf } from '../../fixtures/prometheus'
import { readGateOptions } from './options'

const folder = mkdtempSync(join(tmpdir(), 'hourglass-gate-options-'))
const [policy, spec] = [join(folder, 'gate/policy.yaml'), join(folder, 'shop.yaml')]
beforeAll(() => {
  mkdirSync(join(folder, 'gate'))
  writeFileSync(spec, specOf('shop'))
  const tiers = 'tiers: { critical: {} }\nservices: { shop: { tier: critical } }\nenvironments: { production: {} }\n'
  writeFileSync(policy, `version: hourglass-gate/v1\n${tiers}`)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const now = 1_790_000_000
const read = (args: string, environment: Record<string, string> = { PROMETHEUS_URL: 'http://127.0.0.1:9090/' }) =>
  readGateOptions(['--slos', folder, '--policy', policy, ...args.split(' ').filter(Boolean)], environment, now)

test('everything is asked about every service, now, unless it is told otherwise', () => {
  expect(read('--environment production')).toMatchObject({
    ...{ now, isReplay: false, auditFile: 'slo-gate-audit.jsonl', isJson: false, jsonFile: null, junitFile: null },
    source: { url: 'http://127.0.0.1:9090', deadlineMs: 30_000 },
    change: { class: 'feature', services: ['shop'], sha: null, reason: null, labels: [] },
  })
})

test('a pipeline tells by its environment, and hands on empty texts for what nobody filled in', () => {
  const environment = {
    ...{ PROMETHEUS_URL: 'http://a', PROMETHEUS_TOKEN: 't', PROMETHEUS_TENANT: 'school' },
    ...{ GITHUB_SHA: 'abc', GITHUB_ACTOR: 'ada' },
  }
  const { source, change } = readGateOptions(
    ['--slos', folder, '--policy', policy, '--environment', 'production', '--reason', ' ', '--incident', ''],
    ...[environment, now],
  )
  expect(source).toMatchObject({ url: 'http://a', authorization: 'Bearer t', tenant: 'school' })
  expect(change).toMatchObject({ sha: 'abc', actor: 'ada', reason: null, incident: null })
})

test('a password of the address is sent, and printed nowhere', () => {
  const { source } = read('--environment production --prometheus https://ada:s%40cret@mimir.example/prometheus/')
  expect(source.url).toBe('https://mimir.example/prometheus')
  expect(source.authorization).toBe(`Basic ${btoa('ada:s@cret')}`)
})

test.each([
  ['', 'Say where it is deployed'],
  ['--environment production --class holiday', '--class is one of'],
  ['--environment production --class rollback --version 1.0.0', 'needs --version and --current-version'],
  ['--environment production --class rollback --version 1.5.0 --current-version 1.5.0', 'is not older than'],
  ['--environment production --class rollback --version 1.6.0 --current-version 1.5.0', 'is not older than'],
  ['--environment production --class rollback --version abc --current-version 1.5.0', 'versions such as 1.4.2'],
  ['--environment production --slos nowhere', 'no folder nowhere'],
  ['--environment production --policy nowhere.yaml', 'no file nowhere.yaml'],
  [`--environment production --policy ${spec}`, 'is no good'],
  [`--environment production --overrides ${spec}`, 'is no good'],
  [`--environment production --slos ${join(folder, 'gate')}`, 'policy.yaml'],
  ['--environment production --prometheus nonsense', 'where Prometheus is'],
  ['--environment production --deadline soon', '--deadline wants a number'],
  ['--environment production --at tomorrow', '--at wants a moment of the past'],
  ['--environment production --service a --changed b', '--service, or --changed'],
  ['--environment production --changed nowhere.txt', 'no file nowhere.txt'],
])('%j is wrong', (args, expected) => {
  expect(() => read(args)).toThrow(expected)
})
