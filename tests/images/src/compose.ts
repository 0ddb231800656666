import { YAML } from 'bun'
import { z } from 'zod'
import { run } from './run'

const Condition = z.enum(['service_started', 'service_healthy', 'service_completed_successfully'])
const Composition = z.object({
  services: z.record(
    z.string(),
    z.object({
      depends_on: z.record(z.string(), z.object({ condition: Condition })).default({}),
      healthcheck: z.object({ test: z.array(z.string()) }).optional(),
    }),
  ),
})

export type Compose = {
  /** Starts everything, each service once what it depends on is as far as the file says. */
  up: () => Promise<void>
  /** Runs one service alone, whatever it depends on, and answers its exit code and what it said. */
  runAlone: (service: string) => Promise<{ exitCode: number; said: string }>
  logsOf: (service: string) => Promise<string>
  /** Ends every container and removes the volumes. */
  down: () => Promise<void>
  containerOf: (service: string) => string
}

const within = { healthy: 90_000, completed: 60_000 }

/**
 * The compose file under podman-compose. That of Debian's podman knows no health (it wants systemd's timers), so the conditions
 * are waited for here, by the same health checks.
 */
export function createCompose(program: readonly string[], folder: string, project: string, envFile: string): Compose {
  const compose = (...args: string[]) =>
    run([...program, '-p', project, '--env-file', envFile, '--profile', 'core', ...args], { cwd: folder })
  const containerOf = (service: string) => `${project}_${service}_1`
  const inspect = (service: string, format: string) =>
    run(['podman', 'inspect', containerOf(service), '--format', format]).then((text) => text.trim())
  const started = new Map<string, Promise<void>>()

  const isHealthy = (service: string) =>
    run(['podman', 'healthcheck', 'run', containerOf(service)], { withinMs: 15_000 }).then(
      () => true,
      () => false,
    )
  const hasCompleted = async (service: string) => {
    const [status, code] = (await inspect(service, '{{.State.Status}} {{.State.ExitCode}}')).split(' ')
    if (status !== 'exited') return false
    if (code !== '0') throw new Error(`${service} ended with ${code}:\n${await logsOf(service)}`)
    return true
  }
  const until = async (what: string, withinMs: number, look: () => Promise<boolean>) => {
    const giveUpAt = performance.now() + withinMs
    while (!(await look())) {
      if (performance.now() > giveUpAt) throw new Error(`${what} within ${withinMs} ms was not to be`)
      await Bun.sleep(300)
    }
  }
  const untilCondition = async (service: string, condition: z.infer<typeof Condition>) => {
    if (condition === 'service_healthy') await until(`${service} healthy`, within.healthy, () => isHealthy(service))
    if (condition === 'service_completed_successfully') {
      await until(`${service} completed`, within.completed, () => hasCompleted(service))
    }
  }
  const logsOf = (service: string) => run(['sh', '-c', 'podman logs "$0" 2>&1', containerOf(service)])
  // One at a time: podman-compose makes the network and the volumes of each call.
  let turn: Promise<unknown> = Promise.resolve()
  const launch = (service: string): Promise<unknown> => {
    turn = turn.catch(() => {}).then(() => compose('up', '-d', '--no-deps', '--no-build', service))
    return turn
  }
  return {
    up: async () => {
      const { services } = Composition.parse(YAML.parse(await compose('config')))
      const start = (service: string): Promise<void> => {
        const known = started.get(service)
        if (known) return known
        const begun = (async () => {
          for (const [other, { condition }] of Object.entries(services[service]?.depends_on ?? {})) {
            await start(other)
            await untilCondition(other, condition)
          }
          await launch(service)
        })()
        started.set(service, begun)
        return begun
      }
      await Promise.all(Object.keys(services).map(start))
      const checked = Object.entries(services).filter(([, { healthcheck }]) => healthcheck)
      for (const [service] of checked) await untilCondition(service, 'service_healthy')
    },
    runAlone: async (service) => {
      await launch(service)
      await until(`${service} ended`, within.completed, async () => {
        return (await inspect(service, '{{.State.Status}}')) === 'exited'
      })
      return { exitCode: Number(await inspect(service, '{{.State.ExitCode}}')), said: await logsOf(service) }
    },
    logsOf,
    down: async () => void (await compose('down', '-v', '-t', '5').catch((error) => console.error(error))),
    containerOf,
  }
}
