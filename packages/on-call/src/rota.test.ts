import { expect, test } from 'bun:test'
import { findFaults, shareOf } from './faults'
import { listTurns, momentOf, whoIsOn } from './rota'
import { Schedule } from './schedule'

const zone = 'Europe/Berlin'
const layer = { begins: '2026-01-05', at: '10:00', days: 7, minutes: 5 }
const create = (more: object = {}) =>
  Schedule.parse({
    version: 'hourglass-on-call/v1',
    zone,
    people: Object.fromEntries(['ada', 'grace', 'alan'].map((name) => [name, { name, reach: '' }])),
    layers: [
      { ...layer, name: 'first', people: ['ada', 'grace', 'alan'] },
      { ...layer, name: 'second', people: ['grace', 'alan', 'ada'] },
    ],
    ...more,
  })
const on = (text: string, schedule = create()) =>
  whoIsOn(schedule, momentOf(text, schedule.zone)).map(({ person }) => person)
const dayMs = 86_400_000

test('whoever takes over has it from the minute of the handover on', () => {
  expect(on('2026-01-05T10:00')).toEqual(['ada', 'grace'])
  expect(on('2026-01-12T09:59')).toEqual(['ada', 'grace'])
  expect(on('2026-01-12T10:00')).toEqual(['grace', 'alan'])
  expect(on('2026-01-26T10:00')).toEqual(['ada', 'grace'])
  expect(on('2026-01-05T09:59')).toEqual([])
})

test('where clocks change a handover stays at its time of day, and nobody is left out', () => {
  for (const [week, hours] of [
    ['2026-03-23', 167],
    ['2026-10-19', 169],
    ['2026-06-01', 168],
  ] as const) {
    const [from, until] = [momentOf(`${week}T10:00`, zone), momentOf(`${week}T10:00`, zone) + 8 * dayMs]
    const [turn, next] = listTurns(create(), from, until).filter((each) => each.layer === 'first')
    expect([week, ((turn?.until ?? 0) - from) / 3_600_000]).toEqual([week, hours])
    expect(next?.from).toBe(turn?.until)
  }
})

test('turns say the same as asking at any moment', () => {
  const away = [{ person: 'grace', from: '2026-03-26', until: '2026-03-30T03:30', instead: 'ada' }]
  const schedule = create({ away })
  const [from, until] = [momentOf('2026-03-16T00:00', zone), momentOf('2026-04-13T00:00', zone)]
  const turns = listTurns(schedule, from, until)
  for (let at = from; at < until; at += 17 * 60_000) {
    const called = turns.filter((turn) => turn.from <= at && at < turn.until)
    expect(called.map(({ layer: name, person }) => ({ layer: name, person }))).toEqual(whoIsOn(schedule, at))
  }
})

test('somebody who is away is called again from the minute in which they are back', () => {
  const schedule = create({
    away: [
      { person: 'ada', from: '2026-01-07', until: '2026-01-09T12:00', instead: 'grace' },
      { person: 'grace', from: '2026-01-08', until: '2026-01-09', instead: 'alan' },
    ],
  })
  const first = (text: string) => on(text, schedule)[0]
  expect(['2026-01-06T23:59', '2026-01-07T00:00', '2026-01-08T00:00', '2026-01-09T00:00'].map(first)).toEqual([
    ...['ada', 'grace', 'alan', 'grace'],
  ])
  expect(['2026-01-09T11:59', '2026-01-09T12:00'].map(first)).toEqual(['grace', 'ada'])
})

test('two who are away and name each other end the search', () => {
  const absence = { from: '2026-01-05', until: '2026-01-12' }
  const schedule = create({
    away: [
      { ...absence, person: 'ada', instead: 'grace' },
      { ...absence, person: 'grace', instead: 'ada' },
    ],
  })
  expect(on('2026-01-06T12:00', schedule)).toEqual(['grace', 'ada'])
})

test('a stretch in which one person is called twice, or nobody, is found', () => {
  const [from, until] = [momentOf('2026-01-05T10:00', zone), momentOf('2026-02-05T10:00', zone)]
  expect(findFaults(create(), from, until)).toEqual([])
  const away = [{ person: 'ada', from: '2026-01-06', until: '2026-01-07', instead: 'grace' }]
  expect(findFaults(create({ away }), from, until)).toEqual([
    'grace is both "first" and "second" from Tue 2026-01-06 00:00.',
  ])
  expect(findFaults(create(), from - 3 * dayMs, until)).toEqual([
    'Nobody is called by the layer "first" until Mon 2026-01-05 10:00.',
    'Nobody is called by the layer "second" until Mon 2026-01-05 10:00.',
  ])
})

test('shares are alike over whole rounds, and what is done instead of somebody counts', () => {
  const [from, until] = [momentOf('2026-01-05T10:00', zone), momentOf('2026-01-26T10:00', zone)]
  expect(Object.fromEntries(shareOf(create(), from, until))).toEqual({ ada: 14, grace: 14, alan: 14 })
  const away = [{ person: 'ada', from: '2026-01-06', until: '2026-01-08', instead: 'alan' }]
  expect(Object.fromEntries(shareOf(create({ away }), from, until))).toEqual({ ada: 12, grace: 14, alan: 16 })
})

test('a schedule that names nobody’s turn, or an absence that ends before it begins, is refused', () => {
  expect(() => create({ away: [{ person: 'ada', from: '2026-01-06', until: '2026-01-08', instead: 'eve' }] })).toThrow(
    'There is no person',
  )
  expect(() => create({ away: [{ person: 'ada', from: '2026-01-08', until: '2026-01-08', instead: 'alan' }] })).toThrow(
    'is back before they go',
  )
})
