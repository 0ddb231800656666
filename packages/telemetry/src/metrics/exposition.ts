import type { Exemplar, Metric, Sample } from './metric'
import type { Registry } from './registry'

type Format = 'text' | 'openmetrics'

const contentTypes: Record<Format, string> = {
  text: 'text/plain; version=0.0.4; charset=utf-8',
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
}

/** Which format a scraper wants by its `Accept` header: OpenMetrics, which alone has exemplars, where it is named. */
export const formatFor = (accept: string | null): Format =>
  accept?.includes('application/openmetrics-text') ? 'openmetrics' : 'text'

/**
 * The metrics of several services as one exposition. A family that several have stands once, with the samples of all of them
 * together, as both formats ask.
 */
export function expose(registries: readonly Registry[], format: Format): { body: string; contentType: string } {
  const families = new Map<string, { metric: Metric; lines: string[] }>()
  for (const { labels, metrics } of registries) {
    const own = Object.entries(labels)
    for (const metric of metrics()) {
      const family = families.get(metric.name) ?? { metric, lines: [] }
      families.set(metric.name, family)
      for (const sample of metric.samples()) family.lines.push(lineOf(metric, sample, own, format))
    }
  }
  const blocks = [...families.values()].map(({ metric, lines }) => [...headOf(metric, format), ...lines, ''].join('\n'))
  return { body: `${blocks.join('')}${format === 'openmetrics' ? '# EOF\n' : ''}`, contentType: contentTypes[format] }
}

function headOf({ name, type, help }: Metric, format: Format): string[] {
  // OpenMetrics names a counter's family without the ending of its samples.
  const family = format === 'openmetrics' ? name.replace(/_total$/, '') : name
  return [`# HELP ${family} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`, `# TYPE ${family} ${type}`]
}

type Pair = readonly [name: string, value: string]

function lineOf({ name }: Metric, sample: Sample, own: readonly Pair[], format: Format): string {
  const labels = textOf([...sample.labels, ...own])
  const { exemplar } = sample
  const ending = format === 'openmetrics' && exemplar ? ` # ${exemplarOf(exemplar)}` : ''
  return `${name}${sample.suffix}${labels} ${numberOf(sample.value)}${ending}`
}

const exemplarOf = ({ traceId, value, atSeconds }: Exemplar): string =>
  `{trace_id="${traceId}"} ${numberOf(value)} ${atSeconds.toFixed(3)}`

function textOf(labels: readonly Pair[]): string {
  if (labels.length === 0) return ''
  const quote = (value: string) => value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
  return `{${labels.map(([name, value]) => `${name}="${quote(value)}"`).join(',')}}`
}

const numberOf = (value: number): string => {
  if (Number.isFinite(value)) return String(value)
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
}
