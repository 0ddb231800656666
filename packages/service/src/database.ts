import { connectDatabase, type Database } from '@hourglass/kit/db/connect'
import { assertSchema } from '@hourglass/kit/db/migrate'
import type { Instruments } from '@hourglass/kit/instruments'
import type { DatabaseConfig } from './config'

/**
 * Connects a service to its own database, whose tables must be those of this program's migrations. Throws a SchemaError when
 * they are older (`migrate` has not been run) or newer (this program is the old one).
 */
export async function openDatabase(
  config: DatabaseConfig,
  name: string,
  migrations: string,
  instruments: Instruments,
): Promise<Database> {
  const { DATABASE_URL: url, DATABASE_CA: certificateAuthority } = config
  await assertSchema({ url, certificateAuthority }, migrations)
  return openPool(config, name, config.DATABASE_POOL, instruments)
}

/** Connects once more, with connections that share nothing with those of any other pool. */
export function openPool(config: DatabaseConfig, name: string, poolSize: number, instruments: Instruments): Database {
  return connectDatabase({
    url: config.DATABASE_URL,
    certificateAuthority: config.DATABASE_CA,
    poolSize,
    statementTimeoutMs: config.DATABASE_TIMEOUT_MS,
    applicationName: name,
    instruments,
  })
}
