import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@hourglass/testing/ports'

const main = join(import.meta.dir, '../../../apps/hourglass/src/main.ts')

export const adminEmail = 'admin@school.test'
export const adminPassword = 'the first admin of a test'

export type Program = {
  url: string
  /** Ends the program at once, as a crash does, and starts it again on the same data and port. Resolves when it serves. */
  crashAndRestart: () => Promise<void>
  /** Ends it at once and leaves it so, for `restart`. The database may go on for a moment: it was not told. */
  crash: () => Promise<void>
  restart: () => Promise<void>
  /** What it wrote to standard error, newest last. */
  errors: () => string
  /** Stops it as an operator does, and removes its data. */
  stop: () => Promise<void>
  dataFolder: string
}

/** The real program, `start`, as a process of its own on free ports and a data folder of its own. */
export async function startProgram(): Promise<Program> {
  // The database runs as another user when root starts it, who must be able to walk there.
  const parent = mkdtempSync(join(tmpdir(), 'hourglass-program-'))
  Bun.spawnSync(['chmod', '755', parent])
  const dataFolder = join(parent, 'data')
  const [port, metricsPort] = [await freePort(), await freePort()]
  const url = `http://localhost:${port}`
  let errors = ''
  const launch = async () => {
    const child = Bun.spawn(
      [
        ...[process.execPath, main, 'start', '--port', String(port), '--metrics-port', String(metricsPort)],
        ...['--data', dataFolder],
      ],
      {
        env: {
          ...process.env,
          HOURGLASS_ADMIN_EMAIL: adminEmail,
          HOURGLASS_ADMIN_PASSWORD: adminPassword,
          HOURGLASS_MAILBOX: 'on',
        },
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    )
    void collect(child.stderr, (text) => {
      errors = (errors + text).slice(-20_000)
    })
    await waitUntilReady(url, child, () => errors)
    return child
  }
  let child = await launch()
  const crash = async () => {
    child.kill('SIGKILL')
    await child.exited
  }
  const restart = async () => {
    child = await launch()
  }
  return {
    ...{ url, dataFolder, crash, restart },
    errors: () => errors,
    crashAndRestart: async () => {
      await crash()
      await restart()
    },
    stop: async () => {
      child.kill('SIGTERM')
      await child.exited
      endOrphan(dataFolder)
      rmSync(parent, { recursive: true, force: true })
    },
  }
}

async function waitUntilReady(url: string, child: Bun.Subprocess, errors: () => string): Promise<void> {
  const giveUpAt = performance.now() + 120_000
  while (performance.now() < giveUpAt) {
    if (child.exitCode !== null) throw new Error(`the program ended with ${child.exitCode}:\n${errors()}`)
    const answer = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2_000) }).catch(() => null)
    if (answer?.ok) return
    await Bun.sleep(50)
  }
  throw new Error(`the program was not ready within two minutes:\n${errors()}`)
}

async function collect(stream: ReadableStream<Uint8Array>, take: (text: string) => void): Promise<void> {
  const decoder = new TextDecoder()
  for await (const bytes of stream) take(decoder.decode(bytes, { stream: true }))
}

/** A program that was killed last leaves its database running; its id is in the data folder. */
function endOrphan(dataFolder: string): void {
  try {
    const pid = Number(readFileSync(join(dataFolder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
    if (pid > 1) process.kill(pid, 'SIGQUIT')
  } catch {
    // None is left.
  }
}
