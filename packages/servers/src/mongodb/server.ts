import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { findFreePort } from '../free-port'
import { accepts } from '../process/accepts'
import { launch, type Server } from '../process/launch'
import { findFerretdb } from './ferretdb'

/** `metricsPort` has its metrics under /metrics. */
export type MongodbServer = Server & { url: string; metricsPort: number }

/**
 * Starts a server of MongoDB's protocol on 127.0.0.1: FerretDB, which keeps its documents in SQLite files in `folder`. Not
 * there: transactions, change streams, text indexes. MongoDB itself runs in the images.
 */
export async function startMongodb(
  folder: string,
  options: { port?: number; metricsPort?: number; database?: string } = {},
): Promise<MongodbServer> {
  const { database = 'quizzes' } = options
  const port = options.port ?? (await findFreePort())
  const metricsPort = options.metricsPort ?? (await findFreePort())
  const documents = join(folder, 'documents')
  mkdirSync(documents, { recursive: true })
  const server = await launch({
    name: 'FerretDB',
    command: [
      await findFerretdb(),
      ...['-listen', `127.0.0.1:${port}`, '-metrics', `127.0.0.1:${metricsPort}`],
      ...['-sqlite-url', `file:${documents}/`],
    ],
    environment: { DO_NOT_TRACK: '1' },
    port,
    log: join(folder, 'ferretdb.log'),
    isReady: () => accepts(port),
  })
  return { ...server, metricsPort, url: `mongodb://127.0.0.1:${port}/${database}` }
}
