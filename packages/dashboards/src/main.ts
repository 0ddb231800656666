/**
 * Writes every dashboard into grafana/dashboards, and takes away files that no page stands behind any more. With `--pictures` also a
 * picture of each into docs/images/dashboards, as the test of the panels draws it: a class of 24 sits three exams on the stack, some 6 minutes.
 */
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createPages, textOf } from './pages/pages'

const folder = resolve(import.meta.dir, '../../../grafana/dashboards')
const pages = createPages()
for (const file of readdirSync(folder)) {
  if (file.endsWith('.json') && !pages.some(({ uid }) => file === `${uid}.json`)) rmSync(join(folder, file))
}
for (const page of pages) writeFileSync(join(folder, `${page.uid}.json`), textOf(page))
console.log(`${pages.length} dashboards in grafana/dashboards`)

if (process.argv.includes('--pictures')) {
  const test = ['test', './tests/observability/src/stack.test.ts', '-t', 'dashboard']
  const { exitCode } = Bun.spawnSync([process.execPath, ...test], {
    stdio: ['ignore', 'inherit', 'inherit'],
    cwd: resolve(import.meta.dir, '../../..'),
    env: { ...process.env, HOURGLASS_PICTURES: 'docs' },
  })
  process.exit(exitCode)
}
