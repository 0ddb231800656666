import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { exporterMetrics } from './exporter-metrics'
import { readRules } from './rules'

const documented = readFileSync(resolve(import.meta.dir, '../../../docs/metrics.md'), 'utf8')
const kinds = new Map(
  [...documented.matchAll(/^\| `(\w+)`\s+\| (\w+)/gm)].map(([, name = '', kind = '']) => [name, kind]),
)
const recorded = new Set(readRules().recordings.map(({ record }) => record))

/** Whether a series of this name is documented in docs/metrics.md, recorded by a rule, or an exporter's. */
export function isKnownMetric(name: string): boolean {
  const histogram = name.replace(/_(bucket|count|sum)$/, '')
  if (histogram !== name && kinds.get(histogram) === 'histogram') return true
  const kind = kinds.get(name)
  // A histogram has no series of its bare name.
  if (kind) return kind !== 'histogram'
  return name in exporterMetrics || recorded.has(name)
}
