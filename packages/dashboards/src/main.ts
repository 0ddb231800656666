/** Writes every dashboard into grafana/dashboards, and takes away files that no page stands behind any more. */
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
