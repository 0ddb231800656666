import { describe, expect, test } from 'bun:test'
import { gatherAlike } from './entry'
import { findGaps, tellGap } from './gaps'
import { tellHappenings } from './happenings'
import { sortLines } from './line'
import { tellRequests } from './requests'
import { findSlowPath, type Span } from './tempo'

const attemptId = '0193a000-0000-7000-8000-00000000000a'
const noon = Date.parse('2026-03-02T12:00:00.000Z')
const at = (seconds: number) => new Date(noon + seconds * 1_000).toISOString()
const line = (fields: object) => JSON.stringify({ attemptId, ...fields })
const request = (seconds: number, action: string, more: object = {}) =>
  line({ msg: 'request', time: at(seconds), status: 200, ms: 10, action, trace_id: `t${seconds}`, ...more })
const told = (seconds: number, event: string, more: object = {}) =>
  line({ msg: 'told', time: at(seconds), at: at(seconds), event, eventId: `${event} ${seconds}`, ...more })

const tell = (...texts: string[]) => {
  const lines = sortLines(texts, attemptId)
  const entries = [...tellRequests(lines.requests), ...tellHappenings(lines)]
  return gatherAlike(entries.toSorted((one, other) => one.at - other.at))
}

describe('a time line', () => {
  test('is in the order in which things came, whatever the order of their lines', () => {
    const [submit, seal] = [
      request(31, 'submit', { ms: 900 }),
      told(30.5, 'attempt.sealed', { cause: 'submitted', sealedAt: at(30.4) }),
    ]
    const entries = tell(
      seal,
      submit,
      request(32, 'save', { status: 409, outcome: 'too-late' }),
      told(0, 'attempt.started'),
      request(5, 'save'),
    )
    expect(entries.map(({ kind }) => kind)).toEqual(['start', 'saves', 'request', 'seal', 'late'])
    expect(entries[3]?.text).toBe('sealed: submitted by the student; stored 0.10 s after that end')
  })

  test('counts saves that say nothing new by the minute, with the first, the last and the slowest', () => {
    const [first, second, ...others] = tell(
      ...[1, 2, 59].map((seconds) => request(seconds, 'save', { ms: seconds * 5 })),
      ...[request(61, 'save'), request(62, 'save', { ms: 800 }), request(64, 'save')],
    )
    expect(first).toMatchObject({ kind: 'saves', count: 3, slowestMs: 295 })
    expect(second).toMatchObject({ kind: 'saves', count: 1 })
    expect(others.map(({ kind, traceIds }) => [kind, traceIds])).toEqual([
      ['slow-save', ['t62']],
      ['saves', ['t64']],
    ])
  })

  test('tells each event, row and mail once, and no line of another attempt', () => {
    const mail = line({ msg: 'mail sent', time: at(9), kind: 'result-released', attempts: 1 })
    const paused = line({
      msg: 'audited',
      auditId: 'a',
      action: 'attempt paused',
      at: at(3),
      time: at(4),
      by: 'person',
    })
    const other = told(2, 'attempt.started').replace(attemptId, attemptId.replace('a', 'b'))
    const ready = told(8, 'result.ready', { needsMarking: true })
    const entries = tell(
      told(1, 'attempt.started'),
      told(1, 'attempt.started'),
      paused,
      paused,
      other,
      ready,
      mail,
      'no JSON',
    )
    expect(entries.map(({ kind }) => kind)).toEqual(['start', 'pause', 'mark', 'mail'])
  })

  test('names what failed at an attempt by who wrote it', () => {
    const failed = {
      level: 'error',
      service: 'grading',
      msg: 'could not mark',
      err: { message: 'no key' },
      time: at(1),
    }
    expect(tell(line(failed))).toMatchObject([{ kind: 'trouble', text: 'grading (error): could not mark: no key' }])
  })

  test('tells a first connection from those that came after one had ended', () => {
    const entries = tell(request(1, 'stream'), request(2, 'stream', { status: 503 }), request(3, 'stream'))
    expect(entries.map(({ kind }) => kind)).toEqual(['connect', 'failure', 'reconnect'])
  })
})

describe('a gap', () => {
  const gapsOf = (...texts: string[]) => findGaps(sortLines(texts, attemptId), 60)

  test('is where the student’s page sent nothing, until it did or the attempt ended; a teacher’s requests fill none', () => {
    const end = told(500, 'attempt.sealed', { cause: 'deadline', sealedAt: at(400) })
    const gaps = gapsOf(request(0, 'start'), request(40, 'pause'), request(73, 'save'), request(100, 'save'), end)
    expect(gaps.map(({ from, to, isUntilEnd }) => [(from - noon) / 1_000, (to - noon) / 1_000, isUntilEnd])).toEqual([
      [0, 72.99, false],
      [100, 400, true],
    ])
  })

  test('is none when an answer took that long, nor after the end', () => {
    const end = told(71, 'attempt.sealed', { cause: 'submitted', sealedAt: at(70) })
    expect(gapsOf(request(0, 'start'), request(70, 'save', { ms: 69_000 }), end, request(500, 'save'))).toEqual([])
  })

  test('says that lines may be missing where the gateway wrote nothing of others', () => {
    const gap = { from: noon, to: noon + 73_000, isUntilEnd: false }
    expect(tellGap(gap, 0).because.join()).toContain('its lines are missing')
    expect(tellGap(gap, 12).because.join()).toContain('12 lines of others')
    expect(tellGap(gap, 12).text).toContain('no request from this student between')
  })
})

test('the time of a trace is followed to what took it, and the first of what waited together', () => {
  const span = (name: string, spanId: string, parentSpanId: string, startedAt: number, ms: number): Span => ({
    ...{ service: 'exams', name, spanId, parentSpanId, startedAt, ms, hasFailed: false, links: [] },
  })
  const spans = [
    span('edge', 'a', '', 0, 900),
    span('quick', 'b', 'a', 1, 20),
    span('call', 'c', 'a', 2, 880),
    span('lock', 'd', 'c', 3, 850),
    span('clock', 'e', 'c', 4, 851),
    span('write', 'f', 'c', 860, 9),
  ]
  expect(findSlowPath(spans).map(({ name }) => name)).toEqual(['edge', 'call', 'lock'])
})
