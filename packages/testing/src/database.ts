import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { connectDatabase, type Database } from '@hourglass/kit/db/connect'
import { migrateDatabase } from '@hourglass/kit/db/migrate'
import postgres from 'postgres'
import { sharedPostgres } from './postgres'

export type TestDatabase = Database & { url: string }

const templates = new Map<string, Promise<string>>()

/**
 * A fresh database with the service's migrations applied, on a real PostgreSQL. Migrations run once for each folder; every
 * further call copies. `close` drops it.
 */
export async function createTestDatabase(options: {
  service: string
  /** Absolute path of the service's committed migrations; without it the database is empty. */
  migrations?: string
  poolSize?: number
  statementTimeoutMs?: number
}): Promise<TestDatabase> {
  const { url: serverUrl } = await sharedPostgres()
  const name = `test_${options.service}_${Bun.randomUUIDv7().replaceAll('-', '')}`
  const template = options.migrations ? await templateOf(serverUrl, options.service, options.migrations) : 'template1'
  await runOn(serverUrl, `CREATE DATABASE "${name}" TEMPLATE "${template}"`)
  const url = `${serverUrl}/${name}`
  const database = connectDatabase({
    url,
    poolSize: options.poolSize ?? 10,
    statementTimeoutMs: options.statementTimeoutMs ?? 15_000,
  })
  return {
    ...database,
    url,
    close: async () => {
      await database.close()
      await runOn(serverUrl, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
    },
  }
}

function templateOf(serverUrl: string, service: string, migrations: string): Promise<string> {
  const known = templates.get(migrations)
  if (known) return known
  const made = createTemplate(serverUrl, service, migrations)
  templates.set(migrations, made)
  return made
}

/** Its name holds a digest of the migrations, so that processes that share a server share it too, and never a stale one. */
async function createTemplate(serverUrl: string, service: string, migrations: string): Promise<string> {
  const hash = new Bun.CryptoHasher('sha256')
  for (const file of readdirSync(migrations, { recursive: true, encoding: 'utf8' }).toSorted()) {
    if (file.endsWith('.sql') || file.endsWith('.json')) hash.update(file).update(readFileSync(join(migrations, file)))
  }
  const name = `template_${service}_${hash.digest('hex').slice(0, 16)}`
  const sql = postgres(`${serverUrl}/postgres`, { max: 1, onnotice: () => {} })
  try {
    await sql`select pg_advisory_lock(hashtext(${name}))`
    const [existing] = await sql`select 1 from pg_database where datname = ${name} and datistemplate`
    if (existing) return name
    await sql.unsafe(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
    await sql.unsafe(`CREATE DATABASE "${name}"`)
    await migrateDatabase(`${serverUrl}/${name}`, migrations)
    await sql.unsafe(`ALTER DATABASE "${name}" IS_TEMPLATE true`)
    return name
  } finally {
    await sql.end({ timeout: 5 })
  }
}

async function runOn(serverUrl: string, statement: string): Promise<void> {
  const sql = postgres(`${serverUrl}/postgres`, { max: 1, onnotice: () => {} })
  try {
    await sql.unsafe(statement)
  } finally {
    await sql.end({ timeout: 5 })
  }
}
