import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DashboardFile, readQueries } from '@hourglass/dashboards/queries'

const folder = resolve(import.meta.dir, '../../../grafana/dashboards')

/** Every dashboard as Grafana reads it. */
export const dashboards = readdirSync(folder).map((file) =>
  DashboardFile.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))),
)

/** Every query of theirs, with its variables still in it. */
export const dashboardQueries = dashboards.flatMap(readQueries)
