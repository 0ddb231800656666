import { afterAll, beforeAll, expect, setDefaultTimeout, test } from 'bun:test'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { specOf } from '../fixtures/prometheus'

const clone = resolve(import.meta.dir, '../../..')
const Text = z.string()
const Step = z.object({ run: Text, env: z.record(Text, Text).default({}) })
const Action = z.object({
  inputs: z.record(Text, z.object({ default: Text.optional() })),
  outputs: z.record(Text, z.object({ value: Text })),
  runs: z.object({ using: z.literal('composite'), steps: z.array(Step).length(2) }),
})
const action = Action.parse(Bun.YAML.parse(readFileSync(join(clone, '.github/actions/slo-gate/action.yml'), 'utf8')))
const [, decide] = action.runs.steps

const folder = mkdtempSync(join(tmpdir(), 'hourglass-gate-action-'))
setDefaultTimeout(30_000)
beforeAll(() => {
  mkdirSync(join(folder, 'slo/gate'), { recursive: true })
  for (const name of ['shop', 'till']) writeFileSync(join(folder, 'slo', `${name}.yaml`), specOf(name))
  const services = 'services: { shop: { tier: critical }, till: { tier: low } }\nenvironments: { production: {} }\n'
  const tiers = 'tiers: { critical: {}, low: { whenUnknown: open-with-warn } }\n'
  writeFileSync(join(folder, 'slo/gate/policy.yaml'), `version: hourglass-gate/v1\n${tiers}${services}`)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs the step as GitHub does, with what its expressions would have become. */
function run(inputs: Record<string, string>) {
  const values: Record<string, string> = {}
  for (const [name, expression] of Object.entries(decide?.env ?? {})) {
    const input = /^\$\{\{ inputs\.([a-z-]+) \}\}$/.exec(expression)?.[1]
    if (input === undefined) continue
    const usual = action.inputs[input]?.default ?? ''
    values[name] = inputs[input] ?? (usual.startsWith('${{') ? '' : usual)
  }
  const output = join(folder, 'output')
  rmSync(output, { force: true })
  const { exitCode, stderr } = Bun.spawnSync(
    ['bash', '--noprofile', '--norc', '-eo', 'pipefail', '-c', decide?.run ?? ''],
    {
      cwd: folder,
      env: {
        ...{ PATH: process.env.PATH ?? '', BUN: process.execPath, GATE: join(clone, 'packages/slo-gate/src/main.ts') },
        ...{ GITHUB_OUTPUT: output, ...values },
      },
    },
  )
  return { exitCode, err: stderr.toString(), output: existsSync(output) ? readFileSync(output, 'utf8') : '' }
}
const usual = { environment: 'production', 'prometheus-url': 'http://127.0.0.1:1', 'deadline-seconds': '1' }

test('each input is used, and comes by the environment alone', () => {
  const used = action.runs.steps.flatMap(({ env }) => Object.values(env)).join('\n')
  for (const name of Object.keys(action.inputs)) expect(used).toContain(`\${{ inputs.${name} }}`)
  for (const { run: script } of action.runs.steps) expect(script).not.toContain('${{')
})

test('what the gate says is the step’s, and each output is written', () => {
  const { exitCode, output } = run({ ...usual, services: 'shop till' })
  expect(exitCode).toBe(3)
  for (const name of Object.keys(action.outputs)) expect(output).toContain(`${name}<<`)
  expect(run({ ...usual, services: 'till' }).exitCode).toBe(0)
  expect(existsSync(join(folder, 'slo-gate.json'))).toBe(true)
})

test('nothing that somebody wrote is run, or taken for an option', () => {
  const reason = '--class=rollback $(touch pwned) `touch pwned`"; touch pwned; "'
  const { exitCode, err } = run({ ...usual, services: 'till', reason, labels: 'slo-fix,$(touch pwned)', class: 'fix' })
  expect([exitCode, err]).toEqual([0, ''])
  expect(existsSync(join(folder, 'pwned'))).toBe(false)
  const audit = readFileSync(join(folder, 'slo-gate-audit.jsonl'), 'utf8').trim().split('\n').at(-1) ?? ''
  expect(JSON.parse(audit).entry).toMatchObject({ reason, class: 'fix' })
})

test('verify takes the same versions', () => {
  const versions = { version: '2.0', 'current-version': '1.0' }
  const { exitCode, output } = run({
    ...usual,
    ...versions,
    command: 'verify',
    services: 'shop',
    'lasts-seconds': '0.1',
  })
  expect(exitCode).toBe(3)
  expect(output).toContain('verdict<<')
})
