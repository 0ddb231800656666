import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { Problem } from '../problem'
import { endProcess } from './identity'
import { endWithThisProcess } from './watcher'

/** A running server of our own on 127.0.0.1. */
export type Server = {
  port: number
  pid: number
  /** Resolves when it has ended, asked to or not. */
  ended: Promise<void>
  stop: () => Promise<void>
}

export type Launch = {
  name: string
  command: readonly string[]
  environment?: Record<string, string>
  port: number
  /** A file to which its output is appended. */
  log: string
  isReady: () => Promise<boolean>
  withinMs?: number
}

/**
 * Starts a server in a process group of its own, so that Ctrl-C reaches us alone, and answers once it is ready. It ends with
 * this process, however that ends. Throws a Problem with its last words when it does not become ready.
 */
export async function launch(about: Launch): Promise<Server> {
  const { name, command, environment, port, log, isReady, withinMs = 30_000 } = about
  const output = openSync(log, 'a')
  const [program = '', ...args] = command
  const child = spawn(program, args, {
    detached: true,
    stdio: ['ignore', output, output],
    env: { PATH: process.env.PATH ?? '', LC_ALL: 'C.UTF-8', TZ: 'UTC', ...environment },
  })
  child.unref()
  // The child has its own by now.
  closeSync(output)
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  if (child.pid !== undefined) void ended.then(endWithThisProcess(child.pid))
  const stop = async () => {
    if (child.pid === undefined) return
    if (!(await endProcess(child.pid, 'SIGTERM', 10_000))) await endProcess(child.pid, 'SIGKILL', 5_000)
  }
  if (!(await becomesReady(child, isReady, withinMs))) {
    await stop()
    throw new Problem(`${name} did not start: ${lastLineOf(log)} (its log: ${log})`)
  }
  return { port, pid: child.pid ?? 0, ended, stop }
}

async function becomesReady(child: ChildProcess, isReady: () => Promise<boolean>, withinMs: number): Promise<boolean> {
  let hasEnded = child.pid === undefined
  child.once('exit', () => {
    hasEnded = true
  })
  const giveUpAt = performance.now() + withinMs
  while (!hasEnded && performance.now() < giveUpAt) {
    if (await isReady().catch(() => false)) return true
    await Bun.sleep(50)
  }
  return false
}

const lastLineOf = (log: string): string =>
  readFileSync(log, 'utf8').trim().split('\n').at(-1)?.slice(0, 300) || 'it said nothing'
