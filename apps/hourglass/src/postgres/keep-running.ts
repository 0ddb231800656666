import { startPostgres } from '@hourglass/servers/postgres'

export type Database = { port: number; stop: () => Promise<void> }

/**
 * The database of a data folder, started again on its port whenever it ends unasked: the services' pools come back by
 * themselves, and students' answers wait in their browsers for as long. Throws a Problem if the first start fails.
 */
export async function keepPostgresRunning(folder: string, password: string): Promise<Database> {
  let server = await startPostgres(folder, password)
  const { port } = server
  let isStopping = false
  const watch = async () => {
    await server.ended
    while (!isStopping) {
      process.stderr.write('PostgreSQL has ended unasked. Starting it again.\n')
      try {
        server = await startPostgres(folder, password, { port })
        break
      } catch (error) {
        process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
        await Bun.sleep(1_000)
      }
    }
    if (!isStopping) void watch()
  }
  void watch()
  return {
    port,
    stop: async () => {
      isStopping = true
      await server.stop()
    },
  }
}
