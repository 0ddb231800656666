import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { endProcess, startOf } from '../process/identity'
import { startPostgres } from './server'

const password = 'a password of this test'
let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hourglass-postgres-'))
  chmodSync(folder, 0o755)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function ask(port: number, statement: string) {
  const sql = postgres(`postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`, { max: 1 })
  try {
    return await sql.unsafe(statement)
  } finally {
    await sql.end({ timeout: 1 })
  }
}

describe('the database of a data folder', () => {
  test('keeps its data over a stop, leaves no process, and commits durably', async () => {
    const first = await startPostgres(folder, password)
    await ask(first.port, 'create table kept (word text)')
    await ask(first.port, `insert into kept values ('yes')`)
    expect(await ask(first.port, 'show fsync')).toMatchObject([{ fsync: 'on' }])
    await first.stop()
    expect(startOf(first.pid)).toBeNull()

    const startedAt = performance.now()
    const second = await startPostgres(folder, password)
    expect(performance.now() - startedAt).toBeLessThan(5_000)
    expect(await ask(second.port, 'select word from kept')).toMatchObject([{ word: 'yes' }])
    await second.stop()
  })

  test('one that a killed program left running is stopped before the next start', async () => {
    const orphan = await startPostgres(folder, password)
    const next = await startPostgres(folder, password)
    expect(startOf(orphan.pid)).toBeNull()
    expect(await ask(next.port, 'select word from kept')).toHaveLength(1)
    await next.stop()
  })

  test('a pid file that a killed server left behind does not stop the next', async () => {
    const killed = await startPostgres(folder, password)
    await endProcess(killed.pid, 'SIGKILL', 5_000)
    const next = await startPostgres(folder, password)
    expect(await ask(next.port, 'select word from kept')).toHaveLength(1)
    await next.stop()
  })

  test('a damaged folder is one line that says what to do', async () => {
    writeFileSync(join(folder, 'postgres', 'PG_VERSION'), 'x')
    await expect(startPostgres(folder, password)).rejects.toThrow(/cannot be started .* --reset/)
    writeFileSync(join(folder, 'postgres', 'PG_VERSION'), '18\n')
    writeFileSync(join(folder, 'postgres', 'global', 'pg_control'), 'rubbish')
    const problem = await startPostgres(folder, password).catch((error) => error)
    expect(problem.message).toMatch(/cannot be started .* --reset/)
    expect(problem.message).not.toContain('\n')
  })
})
