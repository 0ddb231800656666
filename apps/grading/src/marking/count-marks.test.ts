import { afterAll, expect, test } from 'bun:test'
import { renderMetrics } from '@hourglass/kit/metrics'
import { testService } from '@hourglass/testing/service'
import {
  choiceQuestion,
  choose,
  createClassroom,
  createGrading,
  essayQuestion,
  sit,
  write,
} from '../../fixtures/classroom'
import { createJobs } from '../jobs'

const grading = await createGrading()
afterAll(() => grading.close())
const room = await createClassroom(grading, [choiceQuestion('q1'), essayQuestion('e1')])
await grading.deliver('exam.scheduled', room.exam)

/** A replica of grading whose job runs when the test says so. */
function openReplica() {
  const service = testService([])
  const job = createJobs({ ...grading.deps, service }).find(({ name }) => name === 'count marks')
  return {
    run: () => job?.run(),
    counted: () => {
      const text = renderMetrics(service.metrics.registry)
      const found = [...text.matchAll(/^slo_events_total\{sli="marks",outcome="(\w+)",service="test"\} (\d+)$/gm)]
      return Object.fromEntries(found.map(([, outcome, count]) => [outcome, Number(count)]))
    },
  }
}

/** An attempt is sealed, as the exam room told so many seconds ago. */
async function seal({ toldAgo = 0 } = {}) {
  const [pupil] = room.pupils
  if (!pupil) throw new Error('a student')
  const sealed = await sit(grading, room, pupil, { q1: choose('a'), e1: write('words') })
  await grading.deliver('attempt.sealed', sealed, new Date(Date.now() - toldAgo * 1_000))
}

test('an attempt that is marked within a minute of its seal is good, also when a person’s mark is missing; a later one is late', async () => {
  const replica = openReplica()
  expect(replica.counted()).toEqual({ good: 0, late: 0, missing: 0 })
  await seal()
  await seal({ toldAgo: 50 })
  await seal({ toldAgo: 70 })
  for (const _ of [1, 2]) await replica.run()
  expect(replica.counted()).toEqual({ good: 2, late: 1, missing: 0 })
})

test('marks that never come are counted once when their minute is over, by one of many replicas, and not when they come at last', async () => {
  const replicas = [openReplica(), openReplica()]
  const total = (outcome: string) => replicas.reduce((sum, { counted }) => sum + (counted()[outcome] ?? 0), 0)
  grading.faults.snapshot = true
  await seal({ toldAgo: 55 })
  await seal({ toldAgo: 65 })
  await Promise.all(replicas.map(({ run }) => run()))
  expect([total('good'), total('late'), total('missing')]).toEqual([0, 0, 1])
  grading.faults.snapshot = false
  const reconcile = createJobs(grading.deps).find(({ name }) => name === 'reconcile grading')
  await reconcile?.run()
  await Promise.all(replicas.map(({ run }) => run()))
  expect([total('good'), total('late'), total('missing')]).toEqual([1, 0, 1])
})
