import { expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '@hourglass/kit/logger'
import { endProcess } from '@hourglass/servers/process-identity'
import { startRabbitmq } from '@hourglass/servers/rabbitmq'
import { eventually } from '@hourglass/testing/poll'
import { eventOf, listenerOf, publishUntilTaken } from '../bus-contract'
import { type SpeakerName, topology } from '../topology'
import { createRabbitmqBus } from './bus'
import { setUpBroker } from './set-up'

const lines: string[] = []
const log = createLogger({ service: 'test', level: 'warn' }, { write: (line) => void lines.push(line) })
const names = Object.keys(topology) as SpeakerName[]
const passwords = Object.fromEntries(names.map((name) => [name, 'secret'])) as Record<SpeakerName, string>

test('a broker that is killed in the middle and started again loses no event that it confirmed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hourglass-test-'))
  const first = await startRabbitmq(folder, { password: 'test' })
  await setUpBroker(first.managementUrl, 'hourglass', passwords)
  const urlOf = (name: SpeakerName) => `amqp://${name}:secret@127.0.0.1:${first.port}/hourglass`
  const [teller, bus] = await Promise.all(
    (['exams', 'grading'] as const).map((name) =>
      createRabbitmqBus({ url: urlOf(name), log, confirmTimeoutMs: 1_000, waitsMs: [100] }),
    ),
  )
  if (!teller || !bus) throw new Error('no bus')
  const listener = listenerOf('grading', ['attempt.started'])
  await bus.subscribe(listener.subscription)
  const events = Array.from({ length: 400 }, () => eventOf('attempt.started'))
  const publishing = (async () => {
    for (const event of events) await publishUntilTaken(teller, event, 60_000)
  })()
  await eventually(() => expect(listener.received.length).toBeGreaterThan(20))
  await endProcess(first.pid, 'SIGKILL', 5_000)
  await endProcess(first.epmdPid, 'SIGKILL', 5_000)
  const again = await startRabbitmq(folder, { password: 'test', port: first.port })
  await publishing
  const ids = new Set(events.map(({ id }) => id))
  await eventually(() => expect(new Set(listener.received.map(({ id }) => id))).toEqual(ids), { withinMs: 20_000 })
  // What stood on the connections that are gone has ended with them.
  lines.length = 0
  await Bun.sleep(1_500)
  expect(lines).toEqual([])
  await Promise.all([teller.close(), bus.close()])
  await again.stop()
  rmSync(folder, { recursive: true, force: true })
}, 90_000)
