import { stopOnSignal } from '@hourglass/kit/lifecycle'
import { buildUi } from './build-ui'
import { readFirstAdmin } from './first-admin'
import { openDataFolder, resetDataFolder } from './folder/data-folder'
import { readSecrets } from './folder/secrets'
import type { Options } from './options'
import { keepPostgresRunning } from './postgres/keep-running'
import { serve } from './serve'

/** The single process as a small school runs it: built pages, no demo data, no reload; the first admin from the environment. */
export async function start(options: Options): Promise<void> {
  const firstAdmin = readFirstAdmin(process.env)
  const folder = openDataFolder(options.dataFolder)
  try {
    if (options.reset) resetDataFolder(folder)
    const ui = { folder: buildUi() }
    const postgres = await keepPostgresRunning(folder.path, readSecrets(folder.path).databasePassword)
    try {
      const { host, port, metricsPort, publicUrl } = options
      const running = await serve({
        ...{ host, port, metricsPort, publicUrl, ui, firstAdmin },
        dataFolder: folder.path,
        postgresPort: postgres.port,
        mailbox: process.env.HOURGLASS_MAILBOX === 'on',
      })
      stopOnSignal(async () => {
        await running.stop()
        await postgres.stop()
        folder.release()
      })
    } catch (error) {
      await postgres.stop()
      throw error
    }
  } catch (error) {
    folder.release()
    throw error
  }
  process.stdout.write(
    `Hourglass serves ${options.publicUrl}, and its metrics on http://127.0.0.1:${options.metricsPort}/metrics\n`,
  )
}
