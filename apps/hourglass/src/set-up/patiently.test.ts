import { expect, test } from 'bun:test'
import { createServer } from 'node:net'
import { freePort } from '@hourglass/testing/ports'
import { patiently } from './patiently'

test('a server that starts late, and then still has to get ready, is waited for', async () => {
  const port = await freePort()
  const server = createServer()
  let tries = 0
  const work = patiently('a server', `http://127.0.0.1:${port}`, async () => {
    if (++tries < 2) throw new Error('it is starting up')
    return 'done'
  })
  await Bun.sleep(300)
  expect(tries).toBe(0)
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  expect(await work).toBe('done')
  await new Promise((resolve) => server.close(resolve))
})

test('one that never comes, and one that goes on refusing, are named by what they said', async () => {
  const times = { longestMs: 300, settleMs: 300 }
  const port = await freePort()
  const refuse = async () => {
    throw new Error('password authentication failed')
  }
  await expect(patiently('RabbitMQ', `http://127.0.0.1:${port}`, refuse, times)).rejects.toThrow(
    `RabbitMQ took no connection at 127.0.0.1:${port}`,
  )
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await expect(patiently('RabbitMQ', `http://127.0.0.1:${port}`, refuse, times)).rejects.toThrow('password')
  await new Promise((resolve) => server.close(resolve))
})
