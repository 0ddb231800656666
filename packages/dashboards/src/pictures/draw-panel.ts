import type { DashboardFile } from '../queries/read-queries'
import { colourOf, escapeXml } from './colours'
import { drawCourse, drawGraph } from './graph-svg'
import { isEmpty, type LogLine, type PanelData, type Series, type Span } from './panel-data'
import { clockOf } from './ticks'
import { formatValue } from './units'

type Panel = DashboardFile['panels'][number]
export type Place = { width: number; height: number; span: Span }

const [titleHeight, legendHeight, padding] = [26, 18, 8]

/** What stands in a panel below its title, as HTML. `why` is said where nothing is. */
export function drawPanel(panel: Panel, data: PanelData, { width, height, span }: Place, why: string): string {
  const inner = { width: width - 2 * padding, height: height - titleHeight - padding }
  if (panel.type === 'text') return `<p class="note">${escapeXml(panel.options?.content ?? '')}</p>`
  if (isEmpty(data)) return `<p class="empty">${escapeXml(why)}</p>`
  const { unit, max, custom, thresholds, mappings = [] } = panel.fieldConfig?.defaults ?? {}
  if (panel.type === 'logs') return drawLines(data.lines, inner.height)
  if (panel.type === 'table') return drawTraces(data, inner.height)
  if (panel.type === 'stat') {
    const say = (value: number) => mappings[0]?.options[String(value)]?.text ?? formatValue(value, unit)
    return drawFigure(data.series, { say, steps: thresholds?.steps ?? [] }, inner)
  }
  const legend = drawLegend(data.series, inner.width)
  const graph = drawGraph(data.series, {
    ...{ width: inner.width, height: inner.height - legendHeight, span, unit, max },
    isStacked: custom?.stacking?.mode === 'normal',
  })
  return graph + legend
}

const lastOf = ({ points }: Series): number => points.findLast(([, value]) => !Number.isNaN(value))?.[1] ?? Number.NaN

function drawFigure(
  series: readonly Series[],
  { say, steps }: { say: (value: number) => string; steps: readonly { value: number | null; color: string }[] },
  { width, height }: { width: number; height: number },
): string {
  const [first] = series
  if (!first) return ''
  const colourFor = (value: number) =>
    steps.findLast((step) => step.value === null || step.value <= value)?.color === 'red'
      ? 'oklch(0.46 0.17 27)'
      : 'oklch(0.43 0.1 155)'
  if (series.length > 1) return drawFigures(series, say, colourFor, height)
  const value = lastOf(first)
  const colour = colourFor(value)
  const figure = `<p class="figure" style="color: ${colour}">${escapeXml(say(value))}</p>`
  return figure + drawCourse(first.points, width, height * 0.45, colour)
}

/** One below the other, as many as there is place for. */
function drawFigures(
  series: readonly Series[],
  say: (value: number) => string,
  colourFor: (value: number) => string,
  height: number,
): string {
  const rows = series.slice(0, Math.floor(height / rowHeight)).map((each) => {
    const value = lastOf(each)
    return `<tr><td class="wide">${escapeXml(each.name)}</td><td><b style="color: ${colourFor(value)}">${escapeXml(say(value))}</b></td></tr>`
  })
  return `<table>${rows.join('')}</table>`
}

/** Names of lines, as many as one line of text has place for. */
function drawLegend(series: readonly Series[], width: number): string {
  let left = width
  const fitting = series.filter(({ name }, index) => {
    left -= 27 + name.length * 5.8
    return index === 0 || left > 0
  })
  const names = fitting.map(
    ({ name }, index) => `<span><i style="background: ${colourOf(index)}"></i>${escapeXml(name)}</span>`,
  )
  const more = series.length > fitting.length ? `<span>+ ${series.length - fitting.length}</span>` : ''
  return `<div class="legend">${names.join('')}${more}</div>`
}

const rowHeight = 17

/** The newest first: time, service, level, words, and what else the line has. */
function drawLines(lines: readonly LogLine[], height: number): string {
  const rows = lines
    .toSorted((a, b) => b.ms - a.ms)
    .slice(0, Math.floor(height / rowHeight))
    .map(({ ms, text }) => {
      const { level = '', service = '', msg = '', time: _, version: __, ...rest } = fieldsOf(text)
      const more = Object.entries(rest).map(([name, value]) => `${name}=${briefly(value)}`)
      const [where, how, what] = [service, level, msg].map((each) => escapeXml(String(each)))
      const words = `<td class="wide"><b>${what}</b> ${escapeXml(more.join(' '))}</td>`
      return `<tr class="${how}"><td>${clockOf(ms)}</td><td>${where}</td><td>${how}</td>${words}</tr>`
    })
  return `<table>${rows.join('')}</table>`
}

/** Of an id its beginning: nobody reads the rest. */
const briefly = (value: unknown): string =>
  (typeof value === 'string' ? value : JSON.stringify(value)).replace(/^([0-9a-f]{8})[0-9a-f-]{8,}$/, '$1…')

function fieldsOf(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text)
  } catch {
    return { msg: text }
  }
}

function drawTraces({ traces }: PanelData, height: number): string {
  const rows = traces
    .toSorted((a, b) => b.ms - a.ms)
    .slice(0, Math.floor(height / rowHeight) - 1)
    .map(
      ({ traceId, ms, service, name, durationMs }) =>
        `<tr><td>${escapeXml(traceId)}</td><td>${clockOf(ms)}</td><td>${escapeXml(service)}</td><td class="wide">${escapeXml(name)}</td><td>${formatValue(durationMs / 1_000, 's')}</td></tr>`,
    )
  return `<table><tr><th>Trace</th><th>Start</th><th>Service</th><th>Name</th><th>Duration</th></tr>${rows.join('')}</table>`
}
