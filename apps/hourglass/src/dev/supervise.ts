import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stopOnSignal } from '@hourglass/kit/lifecycle'
import { findFreePort } from '@hourglass/servers/free-port'
import { endProcess } from '@hourglass/servers/process-identity'
import { viteCommand, webFolder } from '../build-ui'
import { loadDemo } from '../demo/load'
import { demoAdmin, describeSignIns } from '../demo/people'
import { openDataFolder, resetDataFolder } from '../folder/data-folder'
import { readSecrets } from '../folder/secrets'
import { onPort } from '../on-port'
import type { Options } from '../options'
import { keepPostgresRunning } from '../postgres/keep-running'
import type { ServeOptions } from '../serve'
import { describeRows } from '../table'
import { type Child, startChild } from './child'
import { watchCode } from './watch'

/**
 * Development: one supervisor with the database and the pages' own server, and a child with the services, which starts again
 * when code changes. Everything ends with the supervisor; the data stay.
 */
export async function supervise(options: Options): Promise<void> {
  const startedAt = performance.now()
  const stops: (() => Promise<void> | void)[] = []
  const stopAll = async () => {
    for (const stop of stops.toReversed()) await stop()
  }
  stopOnSignal(stopAll)
  try {
    const folder = openDataFolder(options.dataFolder)
    stops.push(folder.release)
    // Told now, and not after seconds of starting a database for nothing.
    for (const [name, port] of [
      ['--port', options.port],
      ['--metrics-port', options.metricsPort],
    ] as const) {
      onPort(name, port, () => Bun.serve({ hostname: options.host, port, fetch: () => new Response() })).stop(true)
    }
    if (options.reset) resetDataFolder(folder)
    const postgres = await keepPostgresRunning(folder.path, readSecrets(folder.path).databasePassword)
    stops.push(postgres.stop)
    const uiPort = await findFreePort()
    stops.push(startVite(uiPort))
    const { host, port, metricsPort, publicUrl } = options
    const child = startReloading({
      ...{ host, port, metricsPort, publicUrl },
      dataFolder: folder.path,
      postgresPort: postgres.port,
      ui: { devServer: `http://127.0.0.1:${uiPort}` },
      mailbox: true,
      firstAdmin: demoAdmin,
    })
    stops.push(child.stop)
    await child.ready
    const loaded = join(folder.path, 'demo.json')
    if (!existsSync(loaded)) {
      process.stdout.write('Loading a school to play with…\n')
      await loadDemo(`http://${host}:${port}`)
      writeFileSync(loaded, JSON.stringify({ loadedAt: new Date().toISOString() }))
    }
    process.stdout.write(describe(options, (performance.now() - startedAt) / 1_000))
  } catch (error) {
    await stopAll()
    throw error
  }
}

function startVite(port: number): () => Promise<void> {
  const vite = Bun.spawn(viteCommand(port), { cwd: webFolder, stdio: ['ignore', 'ignore', 'inherit'], detached: true })
  return async () => {
    await endProcess(vite.pid, 'SIGTERM', 3_000)
  }
}

/** A child that is replaced when code changes. A change that breaks the code leaves nothing running until the next one. */
function startReloading(options: ServeOptions): Child {
  let child = startChild(options)
  let turn: Promise<void> = child.ready.catch(() => {})
  const stopWatching = watchCode((path) => {
    turn = turn.then(async () => {
      process.stdout.write(`${path} changed, the services start again.\n`)
      await child.stop()
      child = startChild(options)
      await child.ready.catch((error) => process.stderr.write(`${error instanceof Error ? error.message : error}\n`))
    })
  })
  return {
    ready: child.ready,
    stop: async () => {
      stopWatching()
      await child.stop()
    },
  }
}

function describe({ publicUrl, metricsPort, dataFolder }: Options, seconds: number): string {
  const rows = [
    ['Hourglass', publicUrl],
    ['API', `${publicUrl}/api/docs`],
    ['Mailbox', `${publicUrl}/mailbox`],
    ['Metrics', `http://127.0.0.1:${metricsPort}/metrics`],
    ['Data', dataFolder],
    ...describeSignIns(),
  ]
  return `\nReady in ${seconds.toFixed(1)} s. Ctrl-C stops everything and keeps the data.\n\n${describeRows(rows)}\n\n`
}
