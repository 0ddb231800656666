import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findFreePort } from '../free-port'
import { Problem } from '../problem'
import { accepts } from '../process/accepts'
import { launch, type Server } from '../process/launch'
import { findPrograms } from './programs'

export type RabbitmqServer = Server & {
  /** Of the administrator: `amqp://…` and the address of the management API. */
  url: string
  managementUrl: string
  epmdPid: number
  /** Has its metrics under /metrics, and queue by queue under /metrics/detailed. */
  metricsPort: number
  /** Runs `rabbitmqctl` with these arguments. Throws a Problem with what it said. */
  control: (...args: string[]) => Promise<void>
}

/**
 * Starts RabbitMQ with its management API and everything that it keeps in `folder`: its own node name, cookie, epmd and ports,
 * so that it meets no other RabbitMQ of this machine. Takes some 5 s.
 */
export async function startRabbitmq(
  folder: string,
  { password, ...given }: { password: string; port?: number; metricsPort?: number },
): Promise<RabbitmqServer> {
  const programs = findPrograms()
  mkdirSync(folder, { recursive: true })
  const port = given.port ?? (await findFreePort())
  const metricsPort = given.metricsPort ?? (await findFreePort())
  const [managementPort, distributionPort] = await Promise.all([findFreePort(), findFreePort()])
  const configuration = join(folder, 'rabbitmq.conf')
  const plugins = join(folder, 'enabled_plugins')
  writeFileSync(configuration, settings({ port, managementPort, metricsPort, password }), { mode: 0o600 })
  writeFileSync(plugins, '[rabbitmq_management,rabbitmq_prometheus].')
  const log = join(folder, 'rabbitmq.log')
  const epmd = await startEpmd(programs.epmd, folder)
  const names = {
    ...{ HOME: folder, ERL_EPMD_PORT: String(epmd.port), ERL_EPMD_ADDRESS: '127.0.0.1' },
    RABBITMQ_NODENAME: 'hourglass@localhost',
  }
  const managementUrl = `http://127.0.0.1:${managementPort}`
  const server = await launch({
    name: 'RabbitMQ',
    command: [programs.server],
    environment: {
      ...names,
      // Else a shell stands between us and the node, and takes its signals.
      RUNNING_UNDER_SYSTEMD: '1',
      RABBITMQ_MNESIA_BASE: join(folder, 'mnesia'),
      RABBITMQ_LOG_BASE: join(folder, 'log'),
      RABBITMQ_CONFIG_FILE: configuration,
      RABBITMQ_ENABLED_PLUGINS_FILE: plugins,
      RABBITMQ_DIST_PORT: String(distributionPort),
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
    },
    port,
    log,
    // Its plugins start one after the other.
    isReady: async () => (await answers(managementUrl, password)) && (await accepts(metricsPort)),
    withinMs: 60_000,
  })
  return {
    ...server,
    url: `amqp://admin:${encodeURIComponent(password)}@127.0.0.1:${port}`,
    managementUrl: managementUrl.replace('//', `//admin:${encodeURIComponent(password)}@`),
    epmdPid: epmd.pid,
    metricsPort,
    control: (...args) => control([programs.control, ...args], names),
    stop: async () => {
      await server.stop()
      await epmd.stop()
    },
  }
}

async function control(command: string[], names: Record<string, string>): Promise<void> {
  const env = { PATH: process.env.PATH ?? '', LC_ALL: 'C.UTF-8', ...names }
  const child = Bun.spawn(command, { env, stdio: ['ignore', 'ignore', 'pipe'], timeout: 30_000 })
  const errors = await new Response(child.stderr).text()
  if ((await child.exited) !== 0) throw new Problem(`${command.slice(1).join(' ')}: ${errors.trim().slice(0, 300)}`)
}

/** Started here, or the node would leave one behind that outlives it. */
async function startEpmd(program: string, folder: string): Promise<Server> {
  const port = await findFreePort()
  return launch({
    name: 'epmd',
    command: [program, '-port', String(port), '-address', '127.0.0.1'],
    environment: { HOME: folder },
    port,
    log: join(folder, 'epmd.log'),
    isReady: () => accepts(port),
  })
}

type Settings = { port: number; managementPort: number; metricsPort: number; password: string }

const settings = ({ port, managementPort, metricsPort, password }: Settings) => `listeners.tcp.1 = 127.0.0.1:${port}
management.tcp.ip = 127.0.0.1
management.tcp.port = ${managementPort}
prometheus.tcp.ip = 127.0.0.1
prometheus.tcp.port = ${metricsPort}
default_user = admin
default_pass = ${password}
vm_memory_high_watermark.absolute = 512MiB
disk_free_limit.absolute = 100MB
`

/** Ready when the management API answers and the node says that it is well. */
async function answers(url: string, password: string): Promise<boolean> {
  const authorization = `Basic ${btoa(`admin:${password}`)}`
  const response = await fetch(`${url}/api/health/checks/local-alarms`, {
    headers: { authorization },
    signal: AbortSignal.timeout(1_000),
  })
  return response.ok
}
