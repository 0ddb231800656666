import { type PostgresServer, startPostgres } from '@hourglass/servers/postgres'
import { type KeptServer, keepServerRunning } from '../keep-running'

/**
 * The database of a data folder, started again on its port whenever it ends unasked: the services' pools come back by
 * themselves, and students' answers wait in their browsers for as long. Throws a Problem if the first start fails.
 */
export const keepPostgresRunning = (folder: string, password: string): Promise<KeptServer<PostgresServer>> =>
  keepServerRunning('PostgreSQL', (port) => startPostgres(folder, password, port === undefined ? {} : { port }))
