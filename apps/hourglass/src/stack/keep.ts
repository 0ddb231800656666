import { type KeptServer, keepServerRunning, type Server } from '../keep-running'

/** Starts a server and keeps it running on its port until everything stops. `start` gets the port that it had before. */
export type Keep = <Kind extends Server>(
  name: string,
  start: (port: { port?: number }) => Promise<Kind>,
) => Promise<KeptServer<Kind>>

/**
 * Keeps servers running, and remembers the process of each start by `onLaunch`. `stop` ends them together: none needs another to
 * end, what one still holds for another lies on its disk, and each may take its seconds.
 */
export function createKeep(onLaunch: (name: string, pid: number) => void): { keep: Keep; stop: () => Promise<void> } {
  const stops: (() => Promise<void>)[] = []
  return {
    keep: async (name, start) => {
      const kept = await keepServerRunning(name, async (port) => {
        const server = await start(port === undefined ? {} : { port })
        onLaunch(name, server.pid)
        return server
      })
      stops.push(kept.stop)
      return kept
    },
    stop: async () => {
      await Promise.all(stops.splice(0).map((each) => each()))
    },
  }
}
