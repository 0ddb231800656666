import type { DashboardFile } from '../queries/read-queries'
import { fillVariables } from '../queries/read-queries'
import { escapeXml } from './colours'
import { drawPanel } from './draw-panel'
import { fontUrl } from './font'
import type { PanelData, Span } from './panel-data'
import { clockOf } from './ticks'

export type { LogLine, PanelData, Series, Span, TraceRow } from './panel-data'
export { isEmpty } from './panel-data'

export type Picture = {
  page: DashboardFile
  span: Span
  /** Of a panel, by its title. */
  dataOf: (title: string) => PanelData
  /** Why a panel has none. */
  whyEmpty: (title: string) => string
  variables: Readonly<Record<string, string>>
}

/** A page is so many pixels wide; a column of Grafana's 24 and a unit of height in pixels. */
export const pictureWidth = 1_200
const [column, unit, gap, headHeight] = [pictureWidth / 24, 25, 6, 56]

/** A dashboard with what its queries have found, laid out by its own grid: a page of HTML that needs nothing else. */
export function drawPage({ page, span, dataOf, whyEmpty, variables }: Picture): string {
  const panels = page.panels.map((panel) => {
    const { x, y, w, h } = panel.gridPos
    const [width, height] = [w * column - gap, h * unit - gap]
    const place = `left: ${x * column + gap / 2}px; top: ${headHeight + y * unit}px; width: ${width}px; height: ${height}px`
    if (panel.type === 'row') return `<h2 style="${place}">${escapeXml(panel.title)}</h2>`
    const content = drawPanel(
      panel,
      dataOf(panel.title),
      { width: width - 2, height: height - 2, span },
      whyEmpty(panel.title),
    )
    return `<section style="${place}"><h3>${escapeXml(fillVariables(panel.title, variables))}</h3>${content}</section>`
  })
  const bottom = Math.max(...page.panels.map(({ gridPos: { y, h } }) => y + h))
  const times = `${new Date(span.from).toISOString().slice(0, 10)}, ${clockOf(span.from)} to ${clockOf(span.to)} UTC`
  return `<!doctype html><html lang="en"><meta charset="utf-8"><style>
@font-face { font-family: Text; src: url(${fontUrl}); font-weight: 200 800 }
${style}</style><body style="height: ${headHeight + bottom * unit + gap}px"><h1>${escapeXml(page.title)} <small>${times}</small></h1>${panels.join('\n')}</body></html>`
}

const style = `
* { margin: 0; padding: 0; box-sizing: border-box }
body { position: relative; width: ${pictureWidth}px; background: oklch(0.962 0.005 85); color: oklch(0.22 0.02 260);
  font: 13px/1.3 Text, sans-serif; overflow: hidden }
h1 { font-size: 22px; font-weight: 700; padding: 14px 10px }
h1 small { font-size: 13px; font-weight: 400; color: oklch(0.42 0.02 260); margin-left: 10px }
h2 { position: absolute; font-size: 14px; font-weight: 650; color: oklch(0.43 0.125 262); padding-left: 6px }
section { position: absolute; background: white; border: 1px solid oklch(0.885 0.008 85); border-radius: 4px; padding: 0 8px;
  overflow: hidden }
h3 { font-size: 13px; font-weight: 600; height: 26px; line-height: 26px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis }
svg { display: block; overflow: visible }
.grid { stroke: oklch(0.92 0.005 85); fill: none; shape-rendering: crispEdges }
.tick { font-size: 11px; fill: oklch(0.42 0.02 260) }
.line { fill: none; stroke-width: 1.5; stroke-linejoin: round }
.legend { height: 18px; font-size: 11.5px; white-space: nowrap; overflow: hidden; padding-left: 4px }
.legend span { margin-right: 10px }
.legend i { display: inline-block; width: 12px; height: 3px; margin-right: 5px; vertical-align: middle }
.figure { font-size: 26px; line-height: 1; font-weight: 650; text-align: center; white-space: nowrap; padding-top: 2px }
.course { position: absolute; left: 8px; bottom: 2px }
.note { font-size: 13px; color: oklch(0.42 0.02 260) }
.empty { color: oklch(0.42 0.02 260); text-align: center; padding-top: 40px }
table { border-collapse: collapse; font-size: 12px; width: 100%; table-layout: auto }
td, th { height: 17px; line-height: 17px; padding: 0 10px 0 0; white-space: nowrap; text-align: left; vertical-align: top }
th { font-weight: 600; color: oklch(0.42 0.02 260) }
td.wide { width: 100%; max-width: 0; overflow: hidden; text-overflow: ellipsis }
tr.warn td:nth-child(3) { color: oklch(0.45 0.1 65) } tr.error td:nth-child(3), tr.fatal td:nth-child(3) { color: oklch(0.46 0.17 27) }
b { font-weight: 600 }`
