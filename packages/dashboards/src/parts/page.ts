import type { Builder } from '@grafana/grafana-foundation-sdk/cog'
import {
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  type Panel,
  RowBuilder,
  type VariableModel,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { deploys, exams, seals, starts } from './annotations'
import { linksOfPage } from './links'
import { runbooks } from './variables'

export type Page = {
  /** Its address in Grafana, `/d/<uid>`, and its file. */
  uid: string
  title: string
  description: string
  /** How far back it looks at first: `1h`. */
  lookBack: string
  refresh: string
  /** Whether moments at which an exam opened or closed are marked. */
  hasExams?: boolean
  variables?: readonly Builder<VariableModel>[]
  rows: readonly { title: string; panels: readonly Builder<Panel>[] }[]
}

/** A dashboard: rows of panels, what all pages share around them. Ids follow the order, so that a file changes only where it must. */
export function createPage(page: Page): Dashboard {
  const builder = new DashboardBuilder(page.title)
    .uid(page.uid)
    .description(page.description)
    .tags(['hourglass'])
    .timezone('browser')
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from: `now-${page.lookBack}`, to: 'now' })
    .refresh(page.refresh)
    .readonly()
    .links(linksOfPage())
    .annotations([deploys(), starts(), seals(), ...(page.hasExams ? [exams()] : [])])
    .variables([...(page.variables ?? []), runbooks()])
  for (const { title, panels } of page.rows) {
    builder.withRow(new RowBuilder(title))
    for (const panel of panels) builder.withPanel(panel)
  }
  const dashboard = builder.build()
  // The builder would hide the ways to other pages in a menu.
  for (const link of dashboard.links ?? []) delete link.placement
  for (const annotation of dashboard.annotations?.list ?? []) delete annotation.placement
  dashboard.panels?.forEach((panel, index) => {
    panel.id = index + 1
  })
  return dashboard
}
