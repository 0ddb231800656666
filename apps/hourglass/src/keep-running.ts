export type Server = { port: number; pid: number; ended: Promise<void>; stop: () => Promise<void> }

/** A server that is started again on its port whenever it ends unasked. `current` is another one after each start. */
export type KeptServer<Kind extends Server> = { port: number; current: () => Kind; stop: () => Promise<void> }

/**
 * Starts a server and keeps it running: those who use it come back to it by themselves. Throws what `start` throws if the first
 * start fails; a later one is tried until it succeeds.
 */
export async function keepServerRunning<Kind extends Server>(
  name: string,
  start: (port?: number) => Promise<Kind>,
): Promise<KeptServer<Kind>> {
  let server = await start()
  const { port } = server
  let isStopping = false
  const watch = async () => {
    await server.ended
    while (!isStopping) {
      process.stderr.write(`${name} has ended unasked. Starting it again.\n`)
      try {
        server = await start(port)
        break
      } catch (error) {
        process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
        await Bun.sleep(1_000)
      }
    }
    // Whoever stopped us meanwhile could not stop this one.
    if (isStopping) await server.stop()
    else void watch()
  }
  void watch()
  return {
    port,
    current: () => server,
    stop: async () => {
      isStopping = true
      await server.stop()
    },
  }
}
