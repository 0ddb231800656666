import { afterAll, afterEach, beforeAll, expect, test } from 'bun:test'
import { publicKeyOf } from '@hourglass/kit/auth/token'
import { createTestDatabase, type TestDatabase } from '@hourglass/testing/database'
import { eventually } from '@hourglass/testing/poll'
import { freePort } from '@hourglass/testing/ports'
import { accessKey } from '@hourglass/testing/service'

let database: TestDatabase
let port: number
const running: Bun.Subprocess[] = []
beforeAll(async () => {
  database = await createTestDatabase({ service: 'notifier' })
  port = await freePort()
})
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})
afterAll(() => database.close())

/** The notifier as a program of its own, where there is nothing but its database. */
async function run(...words: string[]) {
  const key = JSON.stringify([{ service: 'notifier', ...publicKeyOf(accessKey) }])
  const nobody = 'http://127.0.0.1:9'
  const child = Bun.spawn([process.execPath, new URL('./index.ts', import.meta.url).pathname, ...words], {
    env: {
      ...{ HOST: '127.0.0.1', PORT: `${port}`, METRICS_PORT: `${await freePort()}`, LOG_LEVEL: 'silent' },
      ...{ DATABASE_URL: database.url, RABBITMQ_URL: 'amqp://127.0.0.1:9', PUBLIC_URL: 'http://localhost:3000' },
      ...{ STUDENTS_URL: nobody, EXAMS_URL: nobody, GRADING_URL: nobody },
      ...{ ACCESS_PUBLIC_KEYS: key, SERVICE_PUBLIC_KEYS: key },
      ...{ SERVICE_KEY_ID: 'notifier-1', SERVICE_PRIVATE_KEY: accessKey.privateKey },
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  running.push(child)
  return { child, outcome: async () => ({ code: await child.exited, said: await new Response(child.stderr).text() }) }
}
const outcomeOf = async (...words: string[]) => (await run(...words)).outcome()

test('a service starts on the tables of its program alone; migrations are a job of their own, as often and as many at once as one likes', async () => {
  expect(await outcomeOf()).toMatchObject({ code: 1, said: expect.stringContaining('Run `migrate` first') })
  const jobs = await Promise.all([1, 2, 3].map(() => outcomeOf('migrate')))
  expect(jobs).toEqual([1, 2, 3].map(() => ({ code: 0, said: '' })))
  const times = await database.sql<{ at: string }[]>`select created_at as at from drizzle.__drizzle_migrations`
  expect(new Set(times.map(({ at }) => at)).size).toBe(times.length)

  // Without a broker it is there all the same, and ends when it is asked to.
  const { child, outcome } = await run()
  await eventually(async () => expect((await fetch(`http://127.0.0.1:${port}/health/ready`)).status).toBe(200), {
    withinMs: 30_000,
  })
  child.kill('SIGTERM')
  expect(await outcome()).toEqual({ code: 0, said: '' })

  await database.sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('of a newer program', ${Date.UTC(2100)})`
  const newer = { code: 1, said: expect.stringContaining('The database is newer than this program') }
  expect([await outcomeOf(), await outcomeOf('migrate')]).toMatchObject([newer, newer])
}, 60_000)
