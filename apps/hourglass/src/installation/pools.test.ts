import { expect, test } from 'bun:test'
import { connectionsOf, type PooledService, planPools } from './pools'

const scales: Partial<Record<PooledService, number>>[] = [{}, { exams: 3 }, { exams: 9, grading: 2, students: 2 }]

test('all pools of all replicas together are at most twice the database’s processors and one', () => {
  for (const scale of scales) {
    const replicasOf = (service: PooledService) => scale[service] ?? 1
    const least = connectionsOf(planPools(1, replicasOf), replicasOf)
    for (let processors = 1; processors <= 128; processors++) {
      const together = connectionsOf(planPools(processors, replicasOf), replicasOf)
      expect(together).toBeLessThanOrEqual(Math.max(2 * processors + 1, least))
    }
  }
})

test('one replica of each keeps to the rule from seven processors on, and does its work on two', () => {
  const one = () => 1
  expect(connectionsOf(planPools(2, one), one)).toBe(15)
  expect(planPools(7, one)).toEqual({ students: 3, exams: 4, grading: 3, notifier: 2 })
  expect(planPools(16, one)).toEqual({ students: 6, exams: 13, grading: 9, notifier: 2 })
})
