import { afterAll, expect, test } from 'bun:test'
import { renderMetrics } from '@hourglass/kit/metrics'
import { testService } from '@hourglass/testing/service'
import { createClassroom, createNotifier, releaseTo } from '../../fixtures/school'
import { createJobs } from '../jobs'

const notifier = await createNotifier()
afterAll(() => notifier.close())
const { people } = await createClassroom(notifier, 6)

/** A replica of the notifier whose job runs when the test says so. */
function openReplica() {
  const service = testService([])
  const job = createJobs({ ...notifier.deps, service }).find(({ name }) => name === 'count results told')
  return {
    run: () => job?.run(),
    counted: () => {
      const text = renderMetrics(service.metrics.registry)
      const found = [
        ...text.matchAll(/^slo_events_total\{sli="results-told",outcome="(\w+)",service="test"\} (\d+)$/gm),
      ]
      return Object.fromEntries(found.map(([, outcome, count]) => [outcome, Number(count)]))
    },
  }
}

async function release(student: number, { secondsAgo = 0 } = {}) {
  const person = people[student]
  if (!person) throw new Error('a student')
  const releasedAt = new Date(Date.now() - secondsAgo * 1_000).toISOString()
  await notifier.deliver('result.released', { ...releaseTo(person.personId), releasedAt })
  return person
}

test('a result whose mail is handed over within five minutes of its release is good, a later one is late', async () => {
  const replica = openReplica()
  expect(replica.counted()).toEqual({ good: 0, late: 0, missing: 0 })
  await release(0)
  await release(1, { secondsAgo: 310 })
  await notifier.send()
  for (const _ of [1, 2]) await replica.run()
  expect(replica.counted()).toEqual({ good: 1, late: 1, missing: 0 })
})

test('a mail that does not go out is counted once when its time is over, by one of many replicas, and not when it goes at last', async () => {
  const replicas = [openReplica(), openReplica()]
  const all = () =>
    ['good', 'late', 'missing'].map((name) => replicas.reduce((sum, { counted }) => sum + (counted()[name] ?? 0), 0))
  await release(2, { secondsAgo: 290 })
  await release(3, { secondsAgo: 310 })
  for (const _ of [1, 2]) await Promise.all(replicas.map(({ run }) => run()))
  expect(all()).toEqual([0, 0, 1])
  await notifier.send()
  await Promise.all(replicas.map(({ run }) => run()))
  expect(all()).toEqual([1, 0, 1])
})

test('mails about exams, and results of somebody who has left, are no event', async () => {
  const replica = openReplica()
  const left = people[4]
  if (!left) throw new Error('a student')
  await notifier.deliver('person.changed', { ...left, revision: 2, isActive: false })
  await release(4, { secondsAgo: 400 })
  const { exam } = await createClassroom(notifier, 2)
  await notifier.deliver('exam.scheduled', exam)
  await notifier.send()
  await replica.run()
  expect(replica.counted()).toEqual({ good: 0, late: 0, missing: 0 })
})
