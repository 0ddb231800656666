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
export type Composition = z.infer<typeof Composition>

const Container = z.object({
  Id: z.string(),
  State: z.object({
    ...{ Status: z.string(), ExitCode: z.number(), StartedAt: z.string(), FinishedAt: z.string() },
    /** The last few health checks. */
    Health: z.object({
      Log: z.array(z.object({ Start: z.string(), ExitCode: z.number() })).nullable(),
    }),
  }),
  Config: z.object({ User: z.string() }),
  HostConfig: z.object({
    ReadonlyRootfs: z.boolean(),
    Memory: z.number(),
    CpuQuota: z.number(),
    NanoCpus: z.number(),
    SecurityOpt: z.array(z.string()),
  }),
  EffectiveCaps: z.array(z.string()).nullable(),
})
export type Container = z.infer<typeof Container>

/** What one project of the compose file has running under podman, of the profiles given. */
export function createCompose(
  program: readonly string[],
  folder: string,
  project: string,
  env: Record<string, string>,
  profiles: readonly string[],
) {
  const chosen = profiles.flatMap((name) => ['--profile', name])
  const compose = (...args: string[]) =>
    run([...program, ...chosen, ...args], {
      cwd: folder,
      env: { ...env, COMPOSE_PROJECT_NAME: project },
    })
  const containerOf = (service: string) => `${project}_${service}_1`
  const logsOf = (service: string) => run(['sh', '-c', 'podman logs "$0" 2>&1', containerOf(service)])
  return {
    describe: async () => Composition.parse(YAML.parse(await compose('config'))),
    inspect: async (service: string): Promise<Container> => {
      const [container] = JSON.parse(await run(['podman', 'inspect', containerOf(service)]))
      return Container.parse(container)
    },
    /** The health check of a service, once: podman does it by itself where systemd runs. */
    isHealthy: (service: string) =>
      run(['podman', 'healthcheck', 'run', containerOf(service)], { withinMs: 15_000 }).then(
        () => true,
        () => false,
      ),
    /** Runs one service to its end, whatever it depends on, and answers its exit code and what it said. */
    runAlone: async (service: string): Promise<{ exitCode: number; said: string }> => {
      await compose('up', '-d', '--no-deps', '--no-build', service)
      const exitCode = Number(await run(['podman', 'wait', containerOf(service)], { withinMs: 60_000 }))
      return { exitCode, said: await logsOf(service) }
    },
    /** Where the files of a volume are on this machine. */
    volumeFolder: async (volume: string): Promise<string> =>
      (await run(['podman', 'volume', 'inspect', `${project}_${volume}`, '--format', '{{.Mountpoint}}'])).trim(),
    logsOf,
    /** Ends every container and removes the volumes. */
    down: async () => void (await compose('down', '-v', '-t', '5').catch((error) => console.error(error))),
    /** What there is of the project: containers, volumes and networks, by name. */
    leftovers: async (): Promise<string[]> => {
      const found = [
        await run(['podman', 'ps', '-a', '--format', '{{.Names}}']),
        await run(['podman', 'volume', 'ls', '--format', '{{.Name}}']),
        await run(['podman', 'network', 'ls', '--format', '{{.Name}}']),
      ]
      return found.flatMap((text) => text.split('\n')).filter((name) => name.startsWith(`${project}_`))
    },
    containerOf,
  }
}
export type Compose = ReturnType<typeof createCompose>
