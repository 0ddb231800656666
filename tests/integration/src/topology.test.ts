import { expect, test } from 'bun:test'
import { type Consumer, namesOf } from '@hourglass/events/consume'
import { contracts } from '@hourglass/events/contracts'
import { isHeard, type SpeakerName, topology } from '@hourglass/events/topology'
import { createConsumer as createExamsConsumer } from '@hourglass/exams/consumer'
import { createConsumer as createGradingConsumer } from '@hourglass/grading/consumer'
import { createConsumer as createNotifierConsumer } from '@hourglass/notifier/consumer'
import { createConsumer as createStudentsConsumer } from '@hourglass/students/consumer'
import { testService } from '@hourglass/testing/service'

const unused = () => Promise.reject(new Error('nothing is consumed here'))
const service = testService([])
const consumers: Partial<Record<SpeakerName, Consumer>> = {
  students: createStudentsConsumer(),
  // What they pull from others plays no part: only the names are looked at.
  exams: createExamsConsumer({ service, papers: unused } as unknown as Parameters<typeof createExamsConsumer>[0]),
  grading: createGradingConsumer({ service, content: {}, snapshot: unused } as unknown as Parameters<
    typeof createGradingConsumer
  >[0]),
  notifier: createNotifierConsumer(),
}

test('every service hears what the topology says, by the name that its queue has', () => {
  for (const [name, { hears }] of Object.entries(topology)) {
    const consumer = consumers[name as SpeakerName]
    expect({ name, hears: consumer ? namesOf(consumer).toSorted() : [] }).toEqual({
      name,
      hears: [...hears].toSorted(),
    })
    if (consumer) expect(consumer.name).toBe(name)
  }
})

test('every event is told by one service', () => {
  const told = Object.values(topology).flatMap(({ tells }) => [...tells])
  expect(told.toSorted()).toEqual(Object.keys(contracts).toSorted() as typeof told)
})

test('only a ready result is heard by nobody: it is for what joins later', () => {
  expect(Object.keys(contracts).filter((name) => !isHeard(name))).toEqual(['result.ready'])
})
