import { afterAll, expect, test } from 'bun:test'
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { listDrift, writeFiles } from './files'

const repository = resolve(import.meta.dir, '../../..')
const copy = mkdtempSync(join(tmpdir(), 'hourglass-slo-'))
afterAll(() => rmSync(copy, { recursive: true, force: true }))
const driftOf = async (root: string) => (await listDrift(root)).map(({ path }) => path).sort()

test('the committed rules and docs/slo.md are what slo/ says', () => {
  const { exitCode, stdout } = Bun.spawnSync([process.execPath, 'run', 'slo', '--check'], { cwd: repository })
  expect([exitCode, stdout.toString()]).toEqual([0, ''])
}, 60_000)

test('a promise that changes, a rule that is edited and rules of a file that is gone are seen, and mended', async () => {
  for (const path of ['slo', 'prometheus/rules', 'docs/slo.md']) {
    mkdirSync(join(copy, path, '..'), { recursive: true })
    cpSync(join(repository, path), join(copy, path), { recursive: true })
  }
  expect(await driftOf(copy)).toEqual([])
  const exams = join(copy, 'slo/exams.yaml')
  writeFileSync(exams, readFileSync(exams, 'utf8').replace('objective: 99.5', 'objective: 99.6'))
  rmSync(join(copy, 'slo/notifier.yaml'))
  appendFileSync(join(copy, 'prometheus/rules/slo-gateway.yml'), '# by hand\n')
  expect(await driftOf(copy)).toEqual([
    ...['docs/slo.md', 'prometheus/rules/slo-exams.yml', 'prometheus/rules/slo-gateway.yml'],
    'prometheus/rules/slo-notifier.yml',
  ])
  writeFiles(copy, await listDrift(copy))
  expect(await driftOf(copy)).toEqual([])
}, 60_000)
