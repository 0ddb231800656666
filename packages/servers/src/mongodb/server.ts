import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { findFreePort } from '../free-port'
import { accepts } from '../process/accepts'
import { launch, type Server } from '../process/launch'
import { findFerretdb } from './ferretdb'

export type MongodbServer = Server & { url: string }

/**
 * Starts a server of MongoDB's protocol on 127.0.0.1: FerretDB, which keeps its documents in SQLite files in `folder`. Not
 * there: transactions, change streams, text indexes. MongoDB itself runs in the images.
 */
export async function startMongodb(
  folder: string,
  { port: given, database = 'quizzes' }: { port?: number; database?: string } = {},
): Promise<MongodbServer> {
  const port = given ?? (await findFreePort())
  const documents = join(folder, 'documents')
  mkdirSync(documents, { recursive: true })
  const server = await launch({
    name: 'FerretDB',
    command: [findFerretdb(), '-listen', `127.0.0.1:${port}`, '-sqlite-url', `file:${documents}/`],
    environment: { DO_NOT_TRACK: '1' },
    port,
    log: join(folder, 'ferretdb.log'),
    isReady: () => accepts(port),
  })
  return { ...server, url: `mongodb://127.0.0.1:${port}/${database}` }
}
