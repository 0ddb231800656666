/**
 * `bun run slo` makes prometheus/rules/slo-*.yml and docs/slo.md from slo/*.yaml, and takes away rules that no file stands behind any more.
 * With `--check` it writes nothing and ends with 1 where something else would be written.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { makeFiles } from './make-files'
import { InvalidSlos } from './spec/read'

const repository = resolve(import.meta.dir, '../../..')
const isCheck = process.argv.includes('--check')

try {
  const files = await makeFiles(join(repository, 'slo'))
  const rules = readdirSync(join(repository, 'prometheus/rules'))
  const left = rules
    .map((name) => `prometheus/rules/${name}`)
    .filter((path) => /\/slo-[^/]+\.yml$/.test(path) && !files.has(path))
  const stale = [...files].filter(([path, text]) => textOf(path) !== text).map(([path]) => path)
  for (const path of [...stale, ...left]) console.log(isCheck ? `${path} is not what slo/ says` : path)
  if (isCheck) process.exit(stale.length + left.length === 0 ? 0 : 1)
  for (const path of stale) writeFileSync(join(repository, path), files.get(path) ?? '')
  for (const path of left) rmSync(join(repository, path))
} catch (error) {
  if (!(error instanceof InvalidSlos)) throw error
  console.error(error.message)
  process.exit(2)
}

function textOf(path: string): string | null {
  const file = join(repository, path)
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}
