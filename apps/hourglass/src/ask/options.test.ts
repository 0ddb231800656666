import { afterAll, describe, expect, test } from 'bun:test'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readAskOptions } from './options'

const began = new Date(2026, 2, 2, 10, 0, 0).getTime()
const hex = began.toString(16).padStart(12, '0')
const id = `${hex.slice(0, 8)}-${hex.slice(8)}-70de-8871-0e382b8ffbd3`
const now = began + 3_600_000
const minuteMs = 60_000
const folder = mkdtempSync(join(tmpdir(), 'hourglass-ask-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const read = (...args: string[]) => readAskOptions([...args, '--data', folder], {}, now)

describe('the attempt', () => {
  test('is found inside a sentence, in any case of letters', () => {
    expect(read(`What happened in attempt ${id.toUpperCase()}, please?`).attemptId).toBe(id)
    expect(read('what', 'happened', 'in', id, id).attemptId).toBe(id)
  })

  test('is asked for where a sentence has none, or two', () => {
    expect(() => read('what happened in attempt 0193…')).toThrow(
      'No attempt’s id stands in "what happened in attempt 0193…"'.replace('’', "'"),
    )
    expect(() => read(`${id} ${id.replace('0e38', '0e39')}`)).toThrow('One attempt at a time')
  })
})

describe('the time', () => {
  test('is from when the attempt began on, as its id tells, until now', () => {
    expect(read(id).period).toEqual({ from: began - minuteMs, to: now, isAsked: false })
  })

  test('of --at is that of the attempt’s own day, whatever the day is now', () => {
    const { period } = readAskOptions([id, '--at', '10:14'], {}, began + 3 * 24 * 3_600_000)
    expect(period).toEqual({ from: began + 9 * minuteMs, to: began + 19 * minuteMs, isAsked: true })
  })

  test('of --from and --to is what they say', () => {
    const from = new Date(began + minuteMs).toISOString()
    expect(read(id, '--from', from, '--to', '10:02:30').period).toMatchObject({
      ...{ from: began + minuteMs, to: began + 2.5 * minuteMs },
    })
  })

  test.each([
    [['--at', '25 past'], '--at wants a time such as 10:14'],
    [['--at', '10:14', '--to', '10:15'], '--at, or --from and --to'],
    [['--from', '10:14', '--to', '10:13'], '--to wants a time after --from'],
    [['--at', '23:00'], 'has not been yet'],
    [['--from', '2026-01-01T00:00:00Z', '--to', '2026-02-28T00:00:00Z'], '30 days'],
  ])('%p is refused', (args, why) => expect(() => read(id, ...args)).toThrow(why))
})

describe('the servers', () => {
  test('are compose’s ports on this machine, unless a stack runs, the environment or the command line says else', () => {
    expect(read(id).sources).toEqual({
      ...{ loki: 'http://127.0.0.1:3100', tempo: 'http://127.0.0.1:3200', prometheus: 'http://127.0.0.1:9090' },
      grafana: null,
    })
    const stack = { loki: 'http://127.0.0.1:1', tempo: 'http://127.0.0.1:2', prometheus: 'http://127.0.0.1:3' }
    writeFileSync(join(folder, 'observability.json'), JSON.stringify({ ...stack, logs: folder }))
    const environment = { TEMPO_URL: 'http://tempo.school.example/', LOKI_URL: 'http://loki.school.example' }
    const args = [id, '--data', folder, '--loki', 'http://other.school.example']
    expect(readAskOptions(args, environment, now).sources).toEqual({
      ...{ loki: 'http://other.school.example', tempo: 'http://tempo.school.example', prometheus: stack.prometheus },
      grafana: null,
    })
  })
})
