import { afterAll, afterEach, beforeEach, expect, test } from 'bun:test'
import { createTestDatabase } from '@hourglass/testing/database'
import { startProxy } from '@hourglass/testing/proxy'
import { connectDatabase, type Database } from './connect'

const database = await createTestDatabase({ service: 'kit' })
afterAll(() => database.close())

let proxy: Awaited<ReturnType<typeof startProxy>>
let behind: Database
beforeEach(async () => {
  const target = new URL(database.url)
  proxy = await startProxy(Number(target.port))
  target.port = String(proxy.port)
  behind = connectDatabase({ url: target.href, poolSize: 1 })
  await behind.sql`create table if not exists notes (text text not null)`
  await behind.sql`truncate notes`
})
afterEach(async () => {
  await behind.close()
  await proxy.close()
})

/** What became of it, in three seconds: a promise that nobody ever settles is what these tests are about. */
const outcomeOf = (work: PromiseLike<unknown>) =>
  Promise.race([
    Promise.resolve(work).then(
      () => 'done',
      ({ code }) => String(code),
    ),
    Bun.sleep(3_000).then(() => 'nothing'),
  ])
const notes = async () => (await behind.sql<{ text: string }[]>`select text from notes`).map(({ text }) => text)

test('what a transaction asked for and what waits behind it ends with the connection', async () => {
  const asked: Promise<string>[] = []
  const whole = behind.sql.begin(async (tx) => {
    for (let query = 0; query < 5; query++) asked.push(outcomeOf(tx`select pg_sleep(${query === 0 ? 5 : 0})`))
    setTimeout(proxy.cut, 100)
    await Promise.all(asked)
  })
  expect(await outcomeOf(whole)).toBe('CONNECTION_CLOSED')
  expect(await Promise.all(asked)).toEqual(Array.from({ length: 5 }, () => 'CONNECTION_CLOSED'))
  expect(await outcomeOf(behind.sql`select 1`)).toBe('done')
})

test('a transaction that lost its connection writes nothing into, and ends nothing of, the one that came after it', async () => {
  const isLost = Promise.withResolvers<void>()
  const isNextOpen = Promise.withResolvers<void>()
  const late = Promise.withResolvers<string>()
  const lost = behind.sql.begin(async (tx) => {
    await tx`insert into notes values ('lost')`
    proxy.cut()
    isLost.resolve()
    await isNextOpen.promise
    late.resolve(await outcomeOf(tx`insert into notes values ('late')`))
  })
  expect(await outcomeOf(lost)).toBe('CONNECTION_CLOSED')
  await isLost.promise
  await behind.sql.begin(async (tx) => {
    await tx`insert into notes values ('next, first')`
    isNextOpen.resolve()
    expect(await late.promise).toBe('CONNECTION_CLOSED')
    // Its own commit or rollback would come now.
    await Bun.sleep(50)
    await tx`insert into notes values ('next, second')`
  })
  expect(await notes()).toEqual(['next, first', 'next, second'])
})

test('who hears that a connection is lost may ask again in the same moment, and is answered', async () => {
  for (let time = 0; time < 20; time++) {
    const asking = behind.sql`select pg_sleep(5)`.execute()
    setTimeout(proxy.reset, 20)
    const again = Promise.withResolvers<string>()
    asking.catch(() => again.resolve(outcomeOf(behind.sql`select 1`)))
    // Refused for the same loss, or asked of a new connection: told in any case.
    expect(await again.promise).not.toBe('nothing')
    expect(await outcomeOf(behind.sql`select 1`)).toBe('done')
  }
}, 60_000)
