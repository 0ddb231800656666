import { expect, test } from 'bun:test'
import { join } from 'node:path'
import { createTestDatabase } from '@hourglass/testing/database'
import { connectDatabase } from './connect'
import { isDatabaseUnavailable } from './is-unavailable'

const coded = (code: string) => Object.assign(new Error('x'), { code })

test.each(['CONNECTION_CLOSED', 'ECONNREFUSED', '57P03', '57014', 'ENOTFOUND'])(
  '%s is no fault of the request',
  (code) => {
    expect(isDatabaseUnavailable(coded(code))).toBe(true)
    expect(isDatabaseUnavailable(new Error('Failed query', { cause: coded(code) }))).toBe(true)
  },
)

test('a connection that PostgreSQL ends or refuses is no fault of the request, whatever its code', () => {
  const refused = Object.assign(coded('55000'), { severity: 'FATAL' })
  expect(isDatabaseUnavailable(new Error('Failed query', { cause: refused }))).toBe(true)
  expect(isDatabaseUnavailable(Object.assign(coded('55000'), { severity: 'ERROR' }))).toBe(false)
})

test('a constraint, a missing table, a word in a message and what is no error are something else', () => {
  const others = [coded('23505'), coded('42P01'), new Error('CONNECTION_CLOSED'), null, 'ECONNREFUSED']
  expect(others.filter(isDatabaseUnavailable)).toEqual([])
})

test('a database that takes no connections cannot be asked right now', async () => {
  const migrations = join(import.meta.dir, '../../fixtures/migrations')
  const database = await createTestDatabase({ service: 'kit', migrations })
  const name = new URL(database.url).pathname.slice(1)
  const beside = connectDatabase({ url: new URL('/postgres', database.url).href, poolSize: 1 })
  await beside.sql`alter database ${beside.sql(name)} allow_connections false`
  const other = connectDatabase({ url: database.url, poolSize: 1 })
  const error: unknown = await other.sql`select 1`.catch((failure: unknown) => failure)
  await Promise.all([other.close(), beside.close()])
  await database.close()
  expect(isDatabaseUnavailable(error)).toBe(true)
})
