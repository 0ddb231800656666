import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import postgres, { type Sql } from 'postgres'
import { z } from 'zod'
import { isDatabaseUnavailable } from './is-unavailable'
import { tlsOf } from './tls'

/** The tables are not those that this program was written for. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError'
}

type Place = { url: string; certificateAuthority?: string | undefined }

/** A database that starts at the same time, or whose name is not known yet, is waited for. */
const firstContactMs = 30_000

/**
 * Applies the committed migrations of one service, one process at a time (advisory lock). Idempotent. Throws a SchemaError
 * when the database has been through newer ones: what they made is not undone by an older program.
 */
export async function migrateDatabase(place: string | Place, migrationsFolder: string): Promise<void> {
  await untilReachable(place)
  await withConnection(place, async (sql) => {
    await sql`select pg_advisory_lock(hashtext('hourglass-migrations'))`
    const latest = latestOf(migrationsFolder)
    const applied = await appliedIn(sql)
    if (applied !== null && applied > latest) throw newer(applied, latest)
    await migrate(drizzle(sql), { migrationsFolder })
  })
}

/** Throws a SchemaError unless the last migration that the database has been through is this program's last one. */
export async function assertSchema(place: string | Place, migrationsFolder: string): Promise<void> {
  const latest = latestOf(migrationsFolder)
  const applied = await withConnection(place, appliedIn)
  if (applied !== null && applied > latest) throw newer(applied, latest)
  if (applied !== latest) {
    throw new SchemaError(
      `The database has ${applied === null ? 'no tables yet' : 'older tables than this program needs'}. Run \`migrate\` first.`,
    )
  }
}

const newer = (applied: number, latest: number): SchemaError =>
  new SchemaError(
    `The database is newer than this program (its last migration is of ${day(applied)}, the program’s of ${day(latest)}). Run the newer program.`,
  )

const day = (time: number): string => new Date(time).toISOString().slice(0, 16)

const Journal = z.object({ entries: z.array(z.object({ when: z.number() })).min(1) })

/** When the last migration of a folder was made, in ms: the name by which drizzle remembers it. */
function latestOf(migrationsFolder: string): number {
  const { entries } = Journal.parse(JSON.parse(readFileSync(join(migrationsFolder, 'meta/_journal.json'), 'utf8')))
  return Math.max(...entries.map(({ when }) => when))
}

/** The same of a database, or `null` where none was applied. */
async function appliedIn(sql: Sql): Promise<number | null> {
  const [table] = await sql<{ is: string | null }[]>`select to_regclass('drizzle.__drizzle_migrations')::text as is`
  if (!table?.is) return null
  const [row] = await sql<{ last: string | null }[]>`select max(created_at) as last from drizzle.__drizzle_migrations`
  return row?.last ? Number(row.last) : null
}

async function untilReachable(place: string | Place): Promise<void> {
  const giveUpAt = performance.now() + firstContactMs
  for (;;) {
    try {
      return await withConnection(place, async (sql) => void (await sql`select 1`))
    } catch (error) {
      if (!isDatabaseUnavailable(error) || performance.now() > giveUpAt) throw error
      await Bun.sleep(500)
    }
  }
}

async function withConnection<T>(place: string | Place, use: (sql: Sql) => Promise<T>): Promise<T> {
  const { url, certificateAuthority } = typeof place === 'string' ? { url: place } : place
  const sql = postgres(url, {
    max: 1,
    connect_timeout: 10,
    onnotice: () => {},
    connection: { application_name: 'hourglass-migrate' },
    ...tlsOf(url, certificateAuthority),
  })
  try {
    return await use(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}
