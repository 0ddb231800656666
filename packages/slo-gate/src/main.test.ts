import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { specOf } from '../fixtures/prometheus'
import { readAudit } from './audit/audit'
import { Policy } from './policy/policy'
import { readYaml } from './policy/read-yaml'

const folder = mkdtempSync(join(tmpdir(), 'hourglass-gate-main-'))
const clone = join(import.meta.dir, '../../..')
const program = join(import.meta.dir, 'main.ts')
/** Nobody listens there. */
const away = 'http://127.0.0.1:1'
// Each run is a process of its own.
setDefaultTimeout(30_000)
beforeAll(() => {
  mkdirSync(join(folder, 'slo/gate'), { recursive: true })
  for (const name of ['shop', 'till', 'stall']) writeFileSync(join(folder, 'slo', `${name}.yaml`), specOf(name))
  writeFileSync(join(folder, 'slo/gate/policy.yaml'), policy)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const policy = `
version: hourglass-gate/v1
tiers: { critical: {}, low: { whenUnknown: open-with-warn } }
services: { shop: { tier: critical, paths: [apps/shop/**] }, till: { tier: low }, stall: { tier: critical } }
environments: { production: {}, staging: { mode: report } }
`

function run(args: string, environment: Record<string, string> = {}) {
  const { exitCode, stdout, stderr } = Bun.spawnSync([process.execPath, program, ...args.split(' ').filter(Boolean)], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', PROMETHEUS_URL: away, ...environment },
  })
  return { exitCode, out: stdout.toString(), err: stderr.toString() }
}
const usual = '--environment production --deadline 1'

test('who cannot be asked is no pass: 3, and the files and the audit say so', () => {
  const environment = {
    GITHUB_ACTIONS: 'true',
    GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
    GITHUB_OUTPUT: join(folder, 'output'),
    GITHUB_ACTOR: 'ada',
  }
  const { exitCode, out } = run(
    `${usual} --service shop --json-file reports/gate.json --junit reports/gate.xml`,
    environment,
  )
  expect(exitCode).toBe(3)
  expect(out).toStartWith('Cannot tell whether shop to production may go out, so it may not.')
  expect(out).toContain('\n::error file=slo/shop.yaml,line=4,title=shop-main::Prometheus cannot be asked')
  expect(JSON.parse(readFileSync(join(folder, 'reports/gate.json'), 'utf8')).exitCode).toBe(3)
  expect(readFileSync(join(folder, 'reports/gate.xml'), 'utf8')).toContain('errors="1"')
  expect(readFileSync(environment.GITHUB_STEP_SUMMARY, 'utf8')).toContain('**cannot tell**')
  expect(readFileSync(environment.GITHUB_OUTPUT, 'utf8')).toContain('exit-code<<')
  expect(readAudit(join(folder, 'slo-gate-audit.jsonl')).at(-1)).toMatchObject({
    ...{ kind: 'gate', environment: 'production', actor: 'ada', verdict: 'cannot-tell', exitCode: 3 },
    slos: [{ id: 'shop-main', rows: [6], isByEvidence: false }],
  })
})

test('a low tier, a report and a rollback go out: 0', () => {
  expect(run(`${usual} --service till`).exitCode).toBe(0)
  expect(run('--environment staging --deadline 1 --service shop').out).toContain('mode "report"')
  expect(run('--environment staging --deadline 1 --service shop').exitCode).toBe(0)
  expect(run(`${usual} --class rollback --version v1.4.2 --current-version v1.5.0`).exitCode).toBe(0)
})

test('changed files name the services; --json prints JSON', () => {
  writeFileSync(join(folder, 'changed.txt'), 'apps/shop/src/index.ts\nREADME.md\n')
  const { out } = run(`${usual} --changed changed.txt --json`)
  expect(JSON.parse(out).slos).toMatchObject([{ id: 'shop-main' }])
  writeFileSync(join(folder, 'changed.txt'), 'README.md\n')
  expect(run(`${usual} --changed changed.txt`)).toMatchObject({
    exitCode: 2,
    err: expect.stringContaining('None of 1'),
  })
})

test('wrong use is 2, and says what is wrong', () => {
  expect(run('--color')).toMatchObject({ exitCode: 2, out: '', err: expect.stringContaining('slo:gate --environment') })
})

test('verify answers 3 where it cannot tell, 2 for wrong use, and is in the audit file too', () => {
  const versions = '--canary 2.0 --stable 1.0 --lasts 0.3 --every 0.1'
  const { exitCode, out } = run(`verify ${usual} --service shop ${versions} --audit verify.jsonl`)
  expect([exitCode, out.split(':')[0]]).toEqual([3, 'Cannot tell'])
  expect(readAudit(join(folder, 'verify.jsonl'))).toMatchObject([{ kind: 'verify', version: '2.0', exitCode: 3 }])
  expect(run('verify')).toMatchObject({ exitCode: 2, err: expect.stringContaining('Say where, what') })
})

test('an audit file that was changed stops everything: 2', () => {
  const file = join(folder, 'spoilt.jsonl')
  run(`${usual} --service till --audit ${file}`)
  writeFileSync(file, readFileSync(file, 'utf8').replace('"warn"', '"pass"'))
  expect(run(`${usual} --service till --audit ${file}`)).toMatchObject({
    ...{ exitCode: 2, err: expect.stringContaining('somebody changed the file') },
  })
})

test('a question about the past leaves nothing in the audit file', () => {
  const file = join(folder, 'past.jsonl')
  expect(run(`${usual} --service till --at 2026-01-01T00:00:00Z --audit ${file}`).out).toContain('a moment of the past')
  expect(existsSync(file)).toBe(false)
})

test('the policy of the clone knows every service that has an SLO', () => {
  const services = Object.keys(readYaml(join(clone, 'slo/gate/policy.yaml'), Policy).services)
  const promised = [...new Bun.Glob('*.yaml').scanSync(join(clone, 'slo'))].map((file) => file.replace('.yaml', ''))
  expect(services.sort()).toEqual(promised.sort())
})
