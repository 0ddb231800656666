import { afterAll, expect, test } from 'bun:test'
import { renderMetrics } from '@hourglass/kit/metrics'
import { testService } from '@hourglass/testing/service'
import { eq } from 'drizzle-orm'
import { openRoom } from '../../fixtures/room'
import { createJobs } from '../jobs'
import { attempts } from '../schema'

const room = await openRoom()
afterAll(() => room.close())

/** A replica of the exam room whose jobs run when the test says so. */
function openReplica() {
  const service = testService([])
  const jobs = createJobs({ ...room.deps, service })
  const run = async (name: string) => {
    const job = jobs.find((each) => each.name === name)
    if (!job) throw new Error(`there is no job ${name}`)
    await job.run()
  }
  const counted = () => {
    const text = renderMetrics(service.metrics.registry)
    const found = [...text.matchAll(/^slo_events_total\{sli="seals",outcome="(\w+)",service="test"\} (\d+)$/gm)]
    return Object.fromEntries(found.map(([, outcome, count]) => [outcome, Number(count)]))
  }
  return { run, counted }
}

/** An attempt whose time was up `seconds` ago. */
async function openOverdue(seconds: number): Promise<string> {
  const exam = await room.schedule({ limitSeconds: 60 })
  const { attemptId } = await room.start(exam.examId, await room.addStudent())
  await room.age(attemptId, 60 + seconds)
  return attemptId
}

test('a seal within two seconds is good, a later one is late; nothing is counted of an attempt that still runs', async () => {
  const replica = openReplica()
  expect(replica.counted()).toEqual({ good: 0, late: 0, overdue: 0 })
  await openOverdue(-30)
  await openOverdue(0.5)
  await openOverdue(3)
  await replica.run('sealer')
  expect(replica.counted()).toEqual({ good: 1, late: 1, overdue: 0 })
})

test('an attempt that nobody seals is counted once, by one of many replicas, and not again when it is sealed at last', async () => {
  const replicas = [openReplica(), openReplica(), openReplica()]
  const total = (outcome: string) => replicas.reduce((sum, { counted }) => sum + (counted()[outcome] ?? 0), 0)
  const ids = [await openOverdue(2.5), await openOverdue(3_600)]
  await openOverdue(1)
  for (const _ of [1, 2]) await Promise.all(replicas.map(({ run }) => run('watch seals')))
  expect(total('overdue')).toBe(2)
  // As a process that was started again: what was counted stands in the database.
  const restarted = openReplica()
  await restarted.run('watch seals')
  expect(restarted.counted().overdue).toBe(0)
  await Promise.all(replicas.map(({ run }) => run('sealer')))
  for (const id of ids) expect((await room.rowOf(id)).state).toBe('sealed')
  expect([total('good'), total('late'), total('overdue')]).toEqual([1, 0, 2])
})

test('an attempt that hangs in somebody’s transaction is counted all the same', async () => {
  const replica = openReplica()
  const attemptId = await openOverdue(5)
  await room.db.transaction(async (tx) => {
    await tx.select().from(attempts).where(eq(attempts.id, attemptId)).for('update')
    await replica.run('watch seals')
  })
  expect(replica.counted().overdue).toBe(1)
})
