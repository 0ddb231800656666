import { endProcess } from '@hourglass/servers/process-identity'

/** A server under the tests' hand: it can be killed, hung and started again on its data and its port. */
export type Store = {
  port: number
  kill: () => Promise<void>
  /** SIGSTOP: it holds its connections and answers nothing. */
  hang: () => void
  wake: () => void
  /** No effect while it runs. */
  start: () => Promise<void>
  /** Properly; it can be started again. */
  stop: () => Promise<void>
}

export type Running = { port: number; pid: number; ended: Promise<void>; stop: () => Promise<void> }

/** @param launch starts it, on the port given or on a free one. */
export async function createStore(launch: (port?: number) => Promise<Running>): Promise<Store> {
  let running: Running | null = null
  let starting: Promise<Running> | null = null
  // Whoever asks while it starts gets that start: two would fight for the port.
  const start = (port?: number): Promise<Running> => {
    starting ??= startOnce(port).finally(() => {
      starting = null
    })
    return starting
  }
  const startOnce = async (port?: number): Promise<Running> => {
    const started = await launch(port)
    running = started
    // It may end by itself, as on a full disk.
    void started.ended.then(() => {
      if (running === started) running = null
    })
    return started
  }
  const { port } = await start()
  const signal = (name: NodeJS.Signals) => {
    if (running) process.kill(running.pid, name)
  }
  return {
    port,
    kill: async () => {
      await starting?.catch(() => {})
      if (running) await endProcess(running.pid, 'SIGKILL', 5_000)
      running = null
    },
    hang: () => signal('SIGSTOP'),
    wake: () => signal('SIGCONT'),
    start: async () => {
      if (!running) await start(port)
    },
    stop: async () => {
      signal('SIGCONT')
      await running?.stop()
      running = null
    },
  }
}
