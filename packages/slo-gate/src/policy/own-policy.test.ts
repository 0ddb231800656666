import { expect, test } from 'bun:test'
import { join } from 'node:path'
import { isFrozen } from './freeze'
import { Policy } from './policy'
import { readYaml } from './read-yaml'
import { servicesOfFiles } from './terms'

const policy = readYaml(join(import.meta.dir, '../../../../slo/gate/policy.yaml'), Policy)
const isFrozenAt = (time: string) => policy.freezes.some((freeze) => isFrozen(freeze, Date.parse(time) / 1_000))

test('while an exam is open or sat, and within half an hour of one, no service goes out', () => {
  expect(policy.exams).toMatchObject({ environments: ['production'], minutesBefore: 30, minutesAfter: 30 })
  expect(policy.exams?.services).toBeUndefined()
  expect(policy.exams?.while.toSorted()).toEqual(['attempt', 'exam'])
})

test('the calendar freezes the turn of the year, and no weekend', () => {
  expect(isFrozenAt('2026-12-25T12:00:00Z')).toBe(true)
  expect(isFrozenAt('2027-01-02T12:00:00Z')).toBe(true)
  for (let day = 9; day <= 15; day++) {
    expect([day, isFrozenAt(`2026-11-${String(day).padStart(2, '0')}T17:00:00Z`)]).toEqual([day, false])
  }
})

test('what is in every image concerns every service, and what is in one that one alone', () => {
  const all = Object.keys(policy.services)
  for (const file of ['bun.lock', 'Dockerfile', 'packages/kit/src/errors.ts', 'patches/postgres@3.4.9.patch']) {
    expect([file, servicesOfFiles(policy, [file])]).toEqual([file, all])
  }
  expect(servicesOfFiles(policy, ['apps/grading/src/app.ts'])).toEqual(['grading'])
})

test('where nobody knows, what an exam needs stays, and a budget is kept for accidents', () => {
  const tierOf = (service: string) => policy.tiers[policy.services[service]?.tier ?? '']
  for (const service of ['gateway', 'exams', 'students']) {
    expect(tierOf(service)).toMatchObject({ whenUnknown: 'closed', whenEmpty: 'block', reserve: 0.2 })
  }
  expect(policy.environments.production?.mode).toBe('enforce')
})
