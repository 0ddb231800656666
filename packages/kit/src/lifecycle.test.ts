import { expect, test } from 'bun:test'
import { silentInstruments } from './instruments'
import { startJob } from './jobs'
import { stopInOrder } from './lifecycle'
import { silentLogger } from './logger'

const log = silentLogger()

test('parts stop one after the other; one that fails and one that hangs keep no other from stopping', async () => {
  const stopped: string[] = []
  const part = (name: string, stop: () => Promise<void>) => ({
    name,
    stop: () => {
      stopped.push(name)
      return stop()
    },
  })
  const startedAt = performance.now()
  await stopInOrder(
    [
      part('server', async () => {}),
      part('broken', () => Promise.reject(new Error('no'))),
      part('hanging', () => new Promise(() => {})),
      part('pool', async () => {}),
    ],
    log,
    50,
  )
  expect(stopped).toEqual(['server', 'broken', 'hanging', 'pool'])
  expect(performance.now() - startedAt).toBeLessThan(1_000)
})

test('a job that is stopped ends its turn, and no other begins', async () => {
  let begun = 0
  let ended = 0
  const job = startJob(
    {
      name: 'slow',
      everyMs: 1,
      run: async () => {
        begun++
        await Bun.sleep(30)
        ended++
      },
    },
    { ...silentInstruments(), log },
  )
  await Bun.sleep(5)
  await job.stop()
  const then = [begun, ended]
  expect(then).toEqual([1, 1])
  await Bun.sleep(40)
  expect([begun, ended]).toEqual(then)
})

test('a job that fails has its next turn, and one that is woken has it at once', async () => {
  let turns = 0
  const job = startJob(
    {
      name: 'failing',
      everyMs: 60_000,
      run: async () => {
        turns++
        throw new Error('no')
      },
    },
    { ...silentInstruments(), log },
  )
  await Bun.sleep(5)
  job.wake()
  await Bun.sleep(5)
  await job.stop()
  expect(turns).toBe(2)
})
