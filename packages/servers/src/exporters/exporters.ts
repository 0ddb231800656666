import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { findFreePort } from '../free-port'
import { findDebianProgram } from '../install/debian-program'
import { answersOk } from '../process/answers-ok'
import { launch, type Server } from '../process/launch'

/** Debian's packages that the tests were last run with; each holds one program of the same name. */
const packages = {
  node: { name: 'prometheus-node-exporter', version: '1.5.0-1+b6' },
  postgres: { name: 'prometheus-postgres-exporter', version: '0.11.1-3+b5' },
  redis: { name: 'prometheus-redis-exporter', version: '1.45.0-2+b4' },
}

export type ExporterName = keyof typeof packages

/** The path of an exporter's program; installs it the first time. */
export const findExporter = (name: ExporterName): string => findDebianProgram(packages[name].name, packages[name])

type ExporterOptions = { port?: number; arguments?: readonly string[]; environment?: Readonly<Record<string, string>> }

/** Starts what tells Prometheus about this machine: CPU, memory, disks, network. `arguments` are further ones of its command. */
export const startNodeExporter = (
  folder: string,
  options: { port?: number; arguments?: readonly string[] } = {},
): Promise<Server> => startExporter('node', folder, options)

/** Starts what tells Prometheus about PostgreSQL. The role in `databaseUrl` needs `pg_monitor` and nothing else. */
export const startPostgresExporter = (
  folder: string,
  { databaseUrl, ...rest }: { databaseUrl: string; port?: number },
): Promise<Server> =>
  startExporter('postgres', folder, {
    ...rest,
    // Asks for columns that PostgreSQL 17 has moved; each scrape would log it.
    arguments: ['--no-collector.bgwriter'],
    // It knows addresses by this scheme alone.
    environment: { DATA_SOURCE_NAME: `${databaseUrl.replace(/^postgres:/, 'postgresql:')}?sslmode=disable` },
  })

/** Starts what tells Prometheus about Redis. */
export const startRedisExporter = (
  folder: string,
  { redisUrl, ...rest }: { redisUrl: string; port?: number },
): Promise<Server> => startExporter('redis', folder, { ...rest, environment: { REDIS_ADDR: redisUrl } })

async function startExporter(name: ExporterName, folder: string, options: ExporterOptions): Promise<Server> {
  const port = options.port ?? (await findFreePort())
  mkdirSync(folder, { recursive: true })
  return launch({
    name: packages[name].name,
    command: [findExporter(name), `--web.listen-address=127.0.0.1:${port}`, ...(options.arguments ?? [])],
    ...(options.environment && { environment: options.environment }),
    port,
    log: join(folder, `${name}-exporter.log`),
    isReady: () => answersOk(`http://127.0.0.1:${port}/metrics`),
  })
}
