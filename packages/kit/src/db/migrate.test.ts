import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase, type TestDatabase } from '@hourglass/testing/database'
import { freePort } from '@hourglass/testing/ports'
import { startProxy } from '@hourglass/testing/proxy'
import { assertSchema, migrateDatabase } from './migrate'

const committed = join(import.meta.dir, '../../fixtures/migrations')

describe('the schema of a database', () => {
  let database: TestDatabase
  const folder = mkdtempSync(join(tmpdir(), 'hourglass-test-'))
  /** The same migrations and one more, of the year 2100, as a newer program has. */
  const newer = join(folder, 'newer')
  beforeAll(async () => {
    database = await createTestDatabase({ service: 'kit' })
    cpSync(committed, newer, { recursive: true })
    const journalFile = join(newer, 'meta/_journal.json')
    const journal = JSON.parse(readFileSync(journalFile, 'utf8'))
    const { length } = journal.entries
    journal.entries.push({ idx: length, version: '7', when: Date.UTC(2100), tag: 'newer', breakpoints: true })
    writeFileSync(journalFile, JSON.stringify(journal))
    writeFileSync(join(newer, 'newer.sql'), 'create table later (id int)')
  })
  afterAll(async () => {
    await database.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('is refused while it has no tables or older ones, with what to do', async () => {
    await expect(assertSchema(database.url, committed)).rejects.toThrow('no tables yet. Run `migrate` first')
    await migrateDatabase(database.url, committed)
    await assertSchema(database.url, committed)
    await expect(assertSchema(database.url, newer)).rejects.toThrow('older tables than this program needs')
  })

  test('is brought up to date also when its server starts after the migrations', async () => {
    const { port, pathname, username, password } = new URL(database.url)
    const later = await freePort()
    const migrated = migrateDatabase(`postgres://${username}:${password}@127.0.0.1:${later}${pathname}`, committed)
    await Bun.sleep(700)
    const proxy = await startProxy(Number(port), later)
    await migrated
    await proxy.close()
  })

  test('is brought up to date once by many at a time', async () => {
    await Promise.all(Array.from({ length: 4 }, () => migrateDatabase(database.url, newer)))
    await assertSchema(database.url, newer)
    const applied = await database.sql`select created_at from drizzle.__drizzle_migrations order by created_at`
    expect(new Set(applied.map(({ created_at }) => created_at)).size).toBe(applied.length)
  })

  test('that is newer than the program stops it, and an older program’s migrations too', async () => {
    await expect(assertSchema(database.url, committed)).rejects.toThrow('is newer than this program')
    await expect(migrateDatabase(database.url, committed)).rejects.toThrow('Run the newer program')
  })
})
