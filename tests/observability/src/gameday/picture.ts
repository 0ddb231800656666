import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { drawPage, type Span } from '@hourglass/dashboards/pictures'
import { type DashboardFile, usualValues } from '@hourglass/dashboards/queries'
import { dashboards } from '../dashboard-queries'
import { dataOfPage } from '../pictures/find-data'
import type { Observed } from '../pictures/observed'
import { printPages } from '../pictures/print-pages'

/** What whoever writes the post-mortem of a burnt promise looks at, of our own dashboards. @param id as `sloth_id` has it */
const placesOf = (id: string): string[] => [
  'exam-room / Saves by how they ended',
  'application / Errors by service',
  'application / Answers by status',
  `slo / ${id}: burn by window`,
  `slo / ${id.split('-')[0]}: what burns the budgets`,
  'application / Pools in use',
]

/** Draws those panels over the time of the incident, and writes the PNG. */
export async function drawIncident(file: string, title: string, id: string, urls: Observed, span: Span): Promise<void> {
  const page: DashboardFile = { ...firstPage(), uid: 'incident', title, panels: placesOf(id).map(panelAt) }
  const data = await dataOfPage(page, urls, span, usualValues)
  const html = drawPage({
    ...{ page, span, variables: usualValues },
    dataOf: (panel) => data.get(panel) ?? { series: [], lines: [], traces: [] },
    whyEmpty: () => 'nothing was found',
  })
  const [picture] = await printPages([html])
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, picture ?? new Uint8Array())
}

function firstPage(): DashboardFile {
  const [first] = dashboards
  if (!first) throw new Error('there are no dashboards')
  return first
}

/** Two beside each other, as wide as half a page. */
function panelAt(place: string, index: number): DashboardFile['panels'][number] {
  const panels = dashboards.flatMap((page) =>
    page.panels.map((panel) => ({ place: `${page.uid} / ${panel.title}`, panel })),
  )
  const found = panels.find((each) => each.place === place)
  if (!found) throw new Error(`there is no panel ${place}`)
  return { ...found.panel, gridPos: { x: (index % 2) * 12, y: Math.floor(index / 2) * 8, w: 12, h: 8 } }
}

/** Whether each of these panels is there, for a test. */
export const incidentPanels = (id: string) => placesOf(id).map(panelAt)
