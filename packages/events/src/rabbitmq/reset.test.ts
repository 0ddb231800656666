import { afterAll, expect, test } from 'bun:test'
import { connect, createServer } from 'node:net'
import { silentLogger } from '@hourglass/kit/logger'
import { eventually } from '@hourglass/testing/poll'
import { createTestBroker } from '../../fixtures/broker'
import { eventOf, listenerOf, publishUntilTaken } from '../bus-contract'
import { createRabbitmqBus } from './bus'

const broker = await createTestBroker()
afterAll(() => broker.close())

/**
 * Stands before the broker. The first connection is reset while it is greeted, at the client's third frame; the next at its fourth, when
 * channels are opened, and so on through the queues; the eighth lasts.
 */
async function startResetter({ hostname, port }: { hostname: string; port: string }) {
  let connections = 0
  const server = createServer((client) => {
    const resetAt = ++connections < 8 ? connections + 2 : null
    let frames = 0
    const upstream = connect(Number(port), hostname)
    client.on('data', (bytes) => {
      if (++frames === resetAt) client.resetAndDestroy()
      else upstream.write(bytes)
    })
    upstream.on('data', (bytes) => client.write(bytes))
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on('error', () => other.destroy())
      one.on('close', () => other.destroy())
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (!address || typeof address !== 'object') throw new Error('no port')
  return { port: address.port, connections: () => connections, close: () => server.close() }
}

test('a connection that is reset at any of its first steps ends nobody, and is opened again', async () => {
  const url = new URL(broker.urlOf('grading'))
  const resetter = await startResetter({ hostname: url.hostname, port: url.port })
  url.port = String(resetter.port)
  const teller = await createRabbitmqBus({ url: broker.urlOf('exams'), log: silentLogger() })
  const bus = await createRabbitmqBus({ url: url.toString(), log: silentLogger() })
  const listener = listenerOf('grading', ['attempt.started'])
  await bus.subscribe(listener.subscription)
  const event = eventOf('attempt.started')
  // Nobody hears it before the queues are there, which the connection that lasts makes.
  await publishUntilTaken(teller, event, 60_000)
  await eventually(() => expect(listener.received.map(({ id }) => id)).toContain(event.id), { withinMs: 50_000 })
  expect(resetter.connections()).toBe(8)
  await Promise.all([teller.close(), bus.close()])
  resetter.close()
}, 90_000)
