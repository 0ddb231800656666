import { expect, test } from 'bun:test'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { drawPage, isEmpty, type PanelData, type Span } from '@hourglass/dashboards/pictures'
import type { DashboardFile } from '@hourglass/dashboards/queries'
import { dashboards } from '../dashboard-queries'
import { emptyBecause, findValues } from '../panels'
import { isForDocs } from '../sit-exams'
import { dataOfPage } from './find-data'
import type { Observed } from './observed'
import { printPages } from './print-pages'

const repository = resolve(import.meta.dir, '../../../..')
const folder = join(repository, isForDocs ? 'docs/images/dashboards' : 'test-results/dashboards')
const mostBytes = 150_000

/** Registers the test that draws every dashboard with what its queries have found since `since`, into test-results or docs. */
export function testPictures(stack: () => { addresses: Observed; since: number }): void {
  test('a picture of each dashboard shows something in every panel, or says why there is nothing', async () => {
    const { addresses, since } = stack()
    const values = await findValues(addresses.loki)
    const span: Span = { from: since, to: Date.now() }
    const empty: string[] = []
    const htmls = await Promise.all(
      dashboards.map(async (page) => {
        const data = await dataOfPage(page, addresses, span, values)
        empty.push(...emptyPanels(page, data))
        return drawPage({
          ...{ page, span, variables: values },
          dataOf: (title) => data.get(title) ?? nothing,
          whyEmpty: (title) => emptyBecause[`${page.uid} / ${title} / A`] ?? 'nothing was found',
        })
      }),
    )
    expect(empty).toEqual([])
    const pictures = await printPages(htmls)
    mkdirSync(folder, { recursive: true })
    for (const [index, { uid }] of dashboards.entries()) {
      const picture = pictures[index] ?? new Uint8Array()
      writeFileSync(join(folder, `${uid}.png`), picture)
      expect([uid, picture.length < mostBytes || picture.length]).toEqual([uid, true])
    }
  }, 60_000)
}

const nothing: PanelData = { series: [], lines: [], traces: [] }

/** Panels that should show something and have nothing to show. */
const emptyPanels = (page: DashboardFile, data: ReadonlyMap<string, PanelData>): string[] =>
  page.panels
    .filter(({ title, targets }) => targets.length > 0 && isEmpty(data.get(title) ?? nothing))
    .map(({ title }) => `${page.uid} / ${title}`)
    .filter((place) => !(`${place} / A` in emptyBecause))
