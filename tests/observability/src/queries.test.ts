import { afterAll, beforeAll, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fillVariables, usualValues } from '@hourglass/dashboards/queries'
import { type LokiServer, startLoki } from '@hourglass/servers/loki'
import { type PrometheusServer, startPrometheus } from '@hourglass/servers/prometheus'
import { startTempo, type TempoServer } from '@hourglass/servers/tempo'
import { dashboardQueries } from './dashboard-queries'
import { linesOf, readPages } from './on-call/pages'

const queries = dashboardQueries.map((query) => ({ ...query, expr: fillVariables(query.expr, usualValues) }))

const folder = mkdtempSync(join(tmpdir(), 'hourglass-queries-'))
let prometheus: PrometheusServer
let loki: LokiServer
let tempo: TempoServer
beforeAll(async () => {
  prometheus = await startPrometheus(join(folder, 'prometheus'), {
    targets: { services: [], servers: [], alertmanagers: [] },
  })
  ;[loki, tempo] = await Promise.all([
    startLoki(join(folder, 'loki')),
    startTempo(join(folder, 'tempo'), { prometheusUrl: prometheus.url }),
  ])
}, 120_000)
afterAll(async () => {
  await Promise.all([prometheus, loki, tempo].map((server) => server?.stop()))
  rmSync(folder, { recursive: true, force: true })
}, 60_000)

/** Where each source reads a query without data, and refuses what it cannot read. */
const addressOf: Record<string, (expr: string) => string> = {
  prometheus: (query) => `${prometheus.url}/api/v1/format_query?${new URLSearchParams({ query })}`,
  loki: (query) => `${loki.url}/loki/api/v1/format_query?${new URLSearchParams({ query })}`,
  tempo: (q) => `${tempo.url}/api/search?${new URLSearchParams({ q, limit: '1' })}`,
}

async function refusalOf(source: string, expr: string): Promise<string | null> {
  const address = addressOf[source]
  if (!address) return `no such source: ${source}`
  const response = await fetch(address(expr), { signal: AbortSignal.timeout(10_000) })
  const text = await response.text()
  return response.ok ? null : text
}

test('every query of every dashboard is one that its server reads', async () => {
  const refused: string[] = []
  for (const { place, source, expr } of queries) {
    const refusal = await refusalOf(source, expr)
    if (refusal !== null) refused.push(`${place}: ${refusal}\n${expr}`)
  }
  expect(refused).toEqual([])
  expect(new Set(queries.map(({ source }) => source))).toEqual(new Set(['prometheus', 'loki', 'tempo']))
}, 60_000)

test('every LogQL of a runbook is one that Loki reads', async () => {
  const logql = readPages().flatMap((page) => linesOf(page, 'logql'))
  expect(logql.length).toBeGreaterThan(10)
  for (const expr of logql) expect([expr, await refusalOf('loki', expr)]).toEqual([expr, null])
})

test('a query with a fault would be refused by each', async () => {
  expect(await refusalOf('prometheus', 'sum by (service (up)')).toContain('parse error')
  expect(await refusalOf('loki', '{service="gateway"} | jsn |')).toContain('parse error')
  expect(await refusalOf('tempo', '{ resource.service.name =~ }')).not.toBeNull()
})
