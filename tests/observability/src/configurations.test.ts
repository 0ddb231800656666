import { afterAll, expect, test } from 'bun:test'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { collectorConfiguration } from '@hourglass/servers/collector'
import { lokiConfiguration } from '@hourglass/servers/loki'
import { checkers, observers } from '@hourglass/servers/observability'
import { prometheusConfiguration } from '@hourglass/servers/prometheus'
import { tempoConfiguration } from '@hourglass/servers/tempo'
import { copyWithAddresses } from '@hourglass/servers/with-addresses'
import { z } from 'zod'

const repository = resolve(import.meta.dir, '../../..')
const folder = mkdtempSync(join(tmpdir(), 'hourglass-configurations-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs a program; answers what it said when it refused, `null` when it did not. */
async function refusalOf(command: string[]): Promise<string | null> {
  const child = Bun.spawn(command, { stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env.PATH ?? '' } })
  const said = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()])
  return (await child.exited) === 0 ? null : said.join('')
}

/** A copy with one text in place of another, which must be there. */
function broken(path: string, from: string, to: string): string {
  const text = readFileSync(path, 'utf8')
  expect(text).toContain(from)
  const copy = join(folder, 'broken.yaml')
  writeFileSync(copy, text.replace(from, to))
  return copy
}

test('Loki takes its configuration with nothing in the environment, and would refuse a misspelt limit', async () => {
  const check = async (file: string) =>
    refusalOf([await observers.loki(), `-config.file=${file}`, '-config.expand-env=true', '-verify-config'])
  expect(await check(lokiConfiguration)).toBeNull()
  expect(await check(broken(lokiConfiguration, 'max_line_size:', 'max_line_sise:'))).toContain('max_line_sise')
})

test('Tempo takes its configuration with nothing in the environment, and would refuse a misspelt one', async () => {
  const check = async (file: string) =>
    refusalOf([await observers.tempo(), `-config.file=${file}`, '-config.expand-env=true', '-config.verify=true'])
  expect(await check(tempoConfiguration)).toBeNull()
  expect(await check(broken(tempoConfiguration, 'block_retention:', 'block_retension:'))).toContain('block_retension')
})

test('the collector takes its configuration with nothing in the environment, and would refuse an unknown part', async () => {
  const check = async (file: string) => refusalOf([await observers.collector(), 'validate', `--config=${file}`])
  expect(await check(collectorConfiguration)).toBeNull()
  expect(await check(broken(collectorConfiguration, 'sizer: bytes', 'sizer: metres'))).toContain('sizer')
})

test('promtool takes Prometheus’ configuration, also with Mimir, and would refuse a misspelt field', async () => {
  const check = async (change: (text: string) => string) => {
    const copy = join(folder, 'prometheus')
    cpSync(prometheusConfiguration, copy, { recursive: true })
    const file = join(copy, 'prometheus.yml')
    writeFileSync(file, change(readFileSync(file, 'utf8')))
    return refusalOf([await checkers.promtool(), 'check', 'config', file])
  }
  expect(await check((text) => text)).toBeNull()
  const withMimir = (text: string) => text.replaceAll(/^#(remote_write:| {2})/gm, '$1')
  expect(withMimir(readFileSync(join(prometheusConfiguration, 'prometheus.yml'), 'utf8'))).toMatch(/^remote_write:$/m)
  expect(await check(withMimir)).toBeNull()
  expect(await check((text) => withMimir(text).replace('max_shards', 'max_shard'))).toContain('max_shard')
})

test('what compose starts first puts one setting into the links of alerts and of dashboards', async () => {
  const addresses = { repositoryUrl: 'https://git.school.example/a&b|c/', grafanaUrl: 'https://grafana.school.example' }
  const [alerts, pages] = [join(folder, 'alertmanager'), join(folder, 'dashboards')]
  copyWithAddresses(join(repository, 'alertmanager'), alerts, addresses)
  copyWithAddresses(join(repository, 'grafana/dashboards'), pages, addresses)
  expect(await refusalOf([checkers.amtool(), 'check-config', join(alerts, 'alertmanager.yml')])).toBeNull()
  const template = readFileSync(join(alerts, 'templates/addresses.tmpl'), 'utf8')
  expect(template).toContain('"hourglass.repository" }}https://git.school.example/a&b|c{{')
  expect(template).toContain('"hourglass.grafana" }}https://grafana.school.example{{')
  for (const file of readdirSync(join(repository, 'grafana/dashboards'))) {
    const text = readFileSync(join(pages, file), 'utf8')
    expect(text).not.toContain('hourglass.example')
    expect(text).toContain('"https://git.school.example/a&b|c/docs/runbooks"')
  }
  const { services } = z
    .object({ services: z.record(z.string(), z.object({ entrypoint: z.array(z.string()).optional() })) })
    .parse(Bun.YAML.parse(readFileSync(join(repository, 'compose.yaml'), 'utf8')))
  for (const name of ['alertmanager', 'grafana']) expect(services[name]?.entrypoint).toContain('/with-addresses.sh')
})

test('amtool takes Alertmanager’s configuration', async () => {
  expect(
    await refusalOf([checkers.amtool(), 'check-config', join(repository, 'alertmanager/alertmanager.yml')]),
  ).toBeNull()
})

const Link = z.object({ datasourceUid: z.string() })
const Provisioning = z.object({
  datasources: z.array(
    z.object({
      uid: z.string(),
      type: z.string(),
      url: z.string(),
      jsonData: z.object({
        exemplarTraceIdDestinations: z.array(Link).optional(),
        derivedFields: z.array(Link).optional(),
        tracesToLogsV2: Link.optional(),
        tracesToMetrics: Link.optional(),
        serviceMap: Link.optional(),
      }),
    }),
  ),
})

test('Grafana’s three sources have all five links, each to the right one', () => {
  const file = join(repository, 'grafana/provisioning/datasources/datasources.yml')
  const { datasources } = Provisioning.parse(Bun.YAML.parse(readFileSync(file, 'utf8')))
  const of = (uid: string) => datasources.find((each) => each.uid === uid)?.jsonData
  const uidOf = (links: z.infer<typeof Link>[] | undefined) => [...new Set(links?.map((each) => each.datasourceUid))]
  expect(datasources.map(({ uid, type }) => [uid, type])).toEqual([
    ['prometheus', 'prometheus'],
    ['loki', 'loki'],
    ['tempo', 'tempo'],
  ])
  expect(uidOf(of('prometheus')?.exemplarTraceIdDestinations)).toEqual(['tempo'])
  expect(uidOf(of('loki')?.derivedFields)).toEqual(['tempo'])
  expect(of('tempo')?.tracesToLogsV2?.datasourceUid).toBe('loki')
  expect(of('tempo')?.tracesToMetrics?.datasourceUid).toBe('prometheus')
  expect(of('tempo')?.serviceMap?.datasourceUid).toBe('prometheus')
})

test('compose scrapes every service, and mounts the very files that were checked here', () => {
  const compose = Bun.YAML.parse(readFileSync(join(repository, 'compose.yaml'), 'utf8'))
  const { services } = z
    .object({ services: z.record(z.string(), z.object({ volumes: z.array(z.string()).optional() })) })
    .parse(compose)
  for (const [name, file] of [
    ['loki', 'loki/loki.yaml'],
    ['tempo', 'tempo/tempo.yaml'],
    ['prometheus', 'prometheus/prometheus.yml'],
    ['collector', 'collector/collector.yaml'],
    ['alertmanager', 'alertmanager/alertmanager.yml'],
  ] as const) {
    const folderOf = file.slice(0, file.indexOf('/'))
    expect(services[name]?.volumes).toContain(`./${folderOf}:/etc/${folderOf}:ro`)
    expect(readFileSync(join(repository, file), 'utf8').length).toBeGreaterThan(0)
  }
  const Groups = z.array(z.object({ targets: z.array(z.string()) }))
  for (const file of ['services', 'servers', 'alertmanagers']) {
    const text = readFileSync(join(prometheusConfiguration, `targets/${file}.yml`), 'utf8')
    for (const { targets } of Groups.parse(Bun.YAML.parse(text))) {
      for (const target of targets) expect(Object.keys(services)).toContain(target.replace(/:.*/, ''))
    }
  }
})
