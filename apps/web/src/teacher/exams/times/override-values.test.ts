import { expect, test } from 'bun:test'
import type { Override } from '@hourglass/exams/model'
import { emptyOverride, findOverrideFaults, fromOverride, toNewOverride, toOverrideChange } from './override-values'

const override: Override = {
  overrideId: 'o1',
  examId: 'e1',
  personId: 'p1',
  group: null,
  closesAt: null,
  limitSeconds: 5_400,
  hasPassword: true,
  reason: 'Fire drill',
}

test('a field that is not overridden is not sent, a lifted one is sent as null', () => {
  const sent = JSON.parse(JSON.stringify(toOverrideChange(fromOverride(override))))
  expect(sent).toEqual({ closesAt: null, limitSeconds: 5_400, keepPassword: true, reason: 'Fire drill' })
})

test('an exception names one student or one group, and overrides something', () => {
  expect([...findOverrideFaults(emptyOverride(), null)].sort()).toEqual(['nothing', 'subject'])
  const group = { ...emptyOverride(), subject: 'group' as const, group: 'B', attemptsAllowed: '2' }
  const values = { ...group, choice: { ...group.choice, attemptsAllowed: 'set' as const } }
  expect(findOverrideFaults(values, null).size).toBe(0)
  expect(JSON.parse(JSON.stringify(toNewOverride('e1', values)))).toEqual({
    examId: 'e1',
    group: 'B',
    attemptsAllowed: 2,
    reason: '',
  })
})
