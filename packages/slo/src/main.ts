/**
 * `bun run slo` makes prometheus/rules/slo-*.yml and docs/slo.md from slo/*.yaml, and takes away rules that no file stands behind any more.
 * With `--check` it writes nothing and ends with 1 where something else would be written.
 */
import { resolve } from 'node:path'
import { listDrift, writeFiles } from './files'
import { InvalidSlos } from './spec/read'

const repository = resolve(import.meta.dir, '../../..')
const isCheck = process.argv.includes('--check')

try {
  const drift = await listDrift(repository)
  if (!isCheck) writeFiles(repository, drift)
  for (const { path } of drift) console.log(isCheck ? `${path} is not what slo/ says: bun run slo` : path)
  process.exitCode = isCheck && drift.length > 0 ? 1 : 0
} catch (error) {
  if (!(error instanceof InvalidSlos)) throw error
  console.error(error.message)
  process.exitCode = 2
}
