import { afterAll, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { askRedis } from '@hourglass/servers/ask-redis'
import { startRedis } from '@hourglass/servers/redis'
import { eventually } from '@hourglass/testing/poll'
import { keepServerRunning } from './keep-running'

const folder = mkdtempSync(join(tmpdir(), 'hourglass-kept-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a server that is killed comes back on its port, and once stopped it stays so', async () => {
  const kept = await keepServerRunning('Redis', (port) => startRedis(folder, port === undefined ? {} : { port }))
  const first = kept.current().pid
  process.kill(first, 'SIGKILL')
  await eventually(() => expect(kept.current().pid).not.toBe(first), { withinMs: 10_000 })
  expect(await askRedis(kept.port, 'PING')).toBe('+PONG')
  const { pid, ended } = kept.current()
  await kept.stop()
  await ended
  await Bun.sleep(300)
  expect(kept.current().pid).toBe(pid)
}, 60_000)
