import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DashboardFile, readQueries } from '@hourglass/dashboards/queries'

const folder = resolve(import.meta.dir, '../../../grafana/dashboards')

/** Every query of every dashboard as Grafana reads it, with its variables still in it. */
export const dashboardQueries = readdirSync(folder)
  .map((file) => DashboardFile.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))))
  .flatMap(readQueries)
