import { endProcess } from '@hourglass/servers/process-identity'

/** A server under the tests' hand: it can be killed, hung and started again on its data and its port. */
export type Store = {
  port: number
  kill: () => Promise<void>
  /** SIGSTOP: it holds its connections and answers nothing. */
  hang: () => void
  wake: () => void
  start: () => Promise<void>
  stop: () => Promise<void>
}

type Running = { port: number; pid: number; stop: () => Promise<void> }

/** @param launch starts it, on the port given or on a free one. */
export async function createStore(launch: (port?: number) => Promise<Running>): Promise<Store> {
  let running: Running | null = await launch()
  const { port } = running
  const signal = (name: NodeJS.Signals) => {
    if (running) process.kill(running.pid, name)
  }
  return {
    port,
    kill: async () => {
      if (running) await endProcess(running.pid, 'SIGKILL', 5_000)
      running = null
    },
    hang: () => signal('SIGSTOP'),
    wake: () => signal('SIGCONT'),
    start: async () => {
      running ??= await launch(port)
    },
    stop: async () => {
      signal('SIGCONT')
      await running?.stop()
      running = null
    },
  }
}
