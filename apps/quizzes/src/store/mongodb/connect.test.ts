import { afterEach, expect, test } from 'bun:test'
import { freePort } from '@hourglass/testing/ports'
import { startProxy } from '@hourglass/testing/proxy'
import { sharedMongodb } from '@hourglass/testing/servers'
import { connectMongodb, type Mongodb } from './connect'

const open: { close: () => Promise<void> }[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})
const connect = (port: number): Mongodb => {
  const url = `mongodb://127.0.0.1:${port}/test_${Bun.randomUUIDv7().replaceAll('-', '')}`
  const mongodb = connectMongodb({ url, selectTimeoutMs: 500, answerTimeoutMs: 700 })
  open.push(mongodb)
  return mongodb
}
/** What a call fails with, and after how long. */
async function failureOf(call: Promise<unknown>): Promise<{ message: string; afterMs: number }> {
  const start = performance.now()
  const message = await call.then(
    () => 'no failure',
    (error: unknown) => String(error),
  )
  return { message, afterMs: performance.now() - start }
}

test('where nobody listens a call fails soon and says why', async () => {
  const port = await freePort()
  const { message, afterMs } = await failureOf(connect(port).db.collection('quizzes').findOne({}))
  expect(message).toContain(`ECONNREFUSED 127.0.0.1:${port}`)
  expect(afterMs).toBeLessThan(1_500)
})

test.each([
  ['a read', ({ db }: Mongodb) => db.collection('quizzes').findOne({})],
  ['a write', ({ db }: Mongodb) => db.collection('quizzes').insertOne({ title: 'Quiz' })],
] as const)(
  '%s of a server that fell silent fails in its time, and the next succeeds once it is back',
  async (_, call) => {
    const proxy = await startProxy(Number(new URL(await sharedMongodb()).port))
    open.push(proxy)
    const mongodb = connect(proxy.port)
    await call(mongodb)
    proxy.swallow(true)
    const { message, afterMs } = await failureOf(call(mongodb))
    expect(message).toMatch(/timed out|ServerSelection/i)
    expect(afterMs).toBeLessThan(2 * 700 + 500 + 1_000)
    proxy.swallow(false)
    proxy.cut()
    const retry = async (tries: number): Promise<unknown> =>
      call(mongodb).catch((error) => (tries > 0 ? retry(tries - 1) : Promise.reject(error)))
    await retry(10)
  },
  20_000,
)
