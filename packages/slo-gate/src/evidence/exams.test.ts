import { expect, test } from 'bun:test'
import { Policy } from '../policy/policy'
import { judgeRoom } from './exams'

const now = 1_790_000_000
const { exams: usual } = Policy.parse({
  ...{ version: 'hourglass-gate/v1', tiers: {}, services: {}, environments: { production: {} } },
  exams: { environments: ['production'] },
})
if (!usual) throw new Error('no policy of exams')

type Room = { open?: number; sitting?: number; measured?: number; next?: number; last?: number; until?: number }
const replica = (name: string, room: Room) => {
  const { open = 0, sitting = 0, measured = now - 10, next = 0, last = 0, until = 0 } = room
  const at = (moment: string, value: number) => ({ labels: { instance: name, moment }, value })
  return {
    timetable: [at('measured', measured), at('next-opening', next), at('last-closing', last), at('open-until', until)],
    exams: [{ labels: { instance: name, state: 'open' }, value: open }],
    attempts: [{ labels: { instance: name }, value: sitting }],
  }
}
const judge = (room: Room, policy = {}) => judgeRoom(replica('a', room), { ...usual, ...policy }, now)

test('within half an hour of an exam nothing goes out, to the second', () => {
  expect(judge({})).toEqual({ kind: 'free' })
  expect(judge({ next: now + 1_801 })).toEqual({ kind: 'free' })
  expect(judge({ next: now + 1_800 })).toMatchObject({ kind: 'busy', why: expect.stringContaining('opens at') })
  expect(judge({ last: now - 1_800 })).toMatchObject({ kind: 'busy', until: now })
  expect(judge({ last: now - 1_801 })).toEqual({ kind: 'free' })
  expect(judge({ next: now + 60, last: now - 60 }, { minutesBefore: 0, minutesAfter: 0 })).toEqual({ kind: 'free' })
})

test('an open exam says until when, with the time after it', () => {
  expect(judge({ open: 2, until: now + 600 })).toMatchObject({ kind: 'busy', until: now + 2_400 })
  expect(judge({ open: 1, until: Infinity })).toMatchObject({ kind: 'busy', until: null })
  expect(judge({ open: 0, until: now + 600 })).toMatchObject({ kind: 'busy' })
})

test('who was given more time counts as long as they sit; a policy may count one of both alone', () => {
  expect(judge({ sitting: 1 })).toMatchObject({ kind: 'busy', why: 'Somebody sits an exam.' })
  expect(judge({ sitting: 1 }, { while: ['exam'] })).toEqual({ kind: 'free' })
  expect(judge({ open: 1, until: Infinity }, { while: ['attempt'] })).toEqual({ kind: 'free' })
})

test('old, missing and senseless figures are none', () => {
  expect(judge({ measured: now - 90 })).toEqual({ kind: 'free' })
  expect(judge({ measured: now - 91 })).toMatchObject({
    kind: 'unknown',
    why: expect.stringContaining('2 minutes ago'),
  })
  expect(judge({ measured: now + 91 })).toMatchObject({ kind: 'unknown', why: expect.stringContaining('ahead') })
  expect(judge({ measured: Number.NaN })).toMatchObject({ kind: 'unknown' })
  expect(judge({ open: Number.NaN })).toMatchObject({ kind: 'unknown' })
  expect(judge({ next: -1 })).toMatchObject({ kind: 'unknown' })
  const room = replica('a', {})
  for (const nothing of [
    { timetable: [] },
    { exams: [] },
    { attempts: [] },
    { timetable: room.timetable.slice(0, 3) },
  ]) {
    expect(judgeRoom({ ...room, ...nothing }, usual, now)).toMatchObject({ kind: 'unknown' })
  }
})

test('of several replicas the one that looked last is believed', () => {
  const [old, young] = [
    replica('a', { measured: now - 60 }),
    replica('b', { measured: now - 5, open: 1, until: now + 60 }),
  ]
  const both = {
    timetable: [...old.timetable, ...young.timetable],
    exams: [...old.exams, ...young.exams],
    attempts: [...old.attempts, ...young.attempts],
  }
  expect(judgeRoom(both, usual, now)).toMatchObject({ kind: 'busy' })
})
