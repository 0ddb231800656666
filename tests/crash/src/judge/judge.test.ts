import { describe, expect, test } from 'bun:test'
import { hashAuditRow } from '@hourglass/exams/audit'
import { toCanonicalJson } from '@hourglass/questions/canonical'
import type { AuditFacts, Evidence } from '../evidence'
import { judge } from './judge'

const [attemptId, personId, examId] = [Bun.randomUUIDv7(), Bun.randomUUIDv7(), Bun.randomUUIDv7()]
const [startedAt, storedAt, sealedAt] = ['09:00:00', '09:05:00', '09:10:00'].map(
  (time) => `2026-11-02T${time}.000Z`,
) as [string, string, string]
const response = { type: 'true-false', value: true } as const
const saved = { seq: 1, storedAt, receipt: 'r', isLate: false, isStale: false, deadline: sealedAt }
const operation = { operationId: Bun.randomUUIDv7(), attemptId, personId, questionId: 'q', seq: 1, response }

const logged = {
  ...{ operationId: operation.operationId, attemptId, seq: 1 },
  ...{ storedAt: new Date(storedAt), committedAt: new Date(storedAt) },
}

/** What is left of one student who answered one question rightly: nothing to find. */
function createEvidence(): Evidence {
  const body = {
    ...{ schema: 1 as const, attemptId, examId, personId, number: 1, revision: 1, seed: 's', certainty: false },
    ...{ versionDigest: 'v', paperDigest: 'p', questionIds: ['q'], startedAt, sealedAt, cause: 'deadline' as const },
    answers: [{ questionId: 'q', seq: 1, response, storedAt, isLate: false }],
  }
  const text = toCanonicalJson(body)
  const digest = new Bun.CryptoHasher('sha256').update(text).digest('hex')
  const attempt = {
    ...{ attemptId, personId, state: 'sealed', cause: 'deadline', snapshotRevision: 1 },
    ...{ startedAt: new Date(startedAt), limitSeconds: 600, closesAt: null, shiftMs: 0 },
  }
  return {
    fates: [{ operation, end: 'ok', answers: [saved], tries: 1, refusedAt: null, refusal: null, isAlterable: false }],
    attempts: [{ ...attempt, deadline: new Date(sealedAt), sealedAt: new Date(sealedAt) }],
    credits: [],
    snapshots: [{ attemptId, revision: 1, digest, text, body }],
    logged: [logged],
    told: [{ attemptId, digest }],
    audit: createChain(['attempt started', 'attempt sealed']),
    graded: [{ attemptId, digest }],
    results: [{ attemptId, gradingVersion: 1, marks: '1', needsMarking: false }],
    questionResults: [{ attemptId, questionId: 'q', marks: '1' }],
    key: {
      ...{ schema: 1, quizId: 'z', paperDigest: 'p' },
      questions: [
        {
          ...{ type: 'true-false', id: 'q', maxMarks: '1', explanationHtml: '', answer: true },
          ...{ feedbackTrueHtml: '', feedbackFalseHtml: '' },
        },
      ],
    },
    notices: [{ attemptId, personId }],
    unpublished: [{ service: 'exams', count: 0 }],
    parked: [{ service: 'exams', count: 0 }],
  }
}

function createChain(actions: string[]): AuditFacts[] {
  let previousHash = '0'.repeat(64)
  return actions.map((action, index) => {
    const number = index + 1
    const row = {
      id: Bun.randomUUIDv7(),
      examId,
      at: new Date(startedAt),
      actorId: null,
      action,
      attemptId,
      details: {},
      number,
    }
    const hash = hashAuditRow(previousHash, row)
    const linked = { ...row, previousHash, hash }
    previousHash = hash
    return linked
  })
}

/** The evidence after somebody has meddled with it. */
function after(meddle: (evidence: Evidence) => unknown): string[] {
  const evidence = createEvidence()
  meddle(evidence)
  return judge(evidence)
}

const first = <Item>(items: Item[]): Item => {
  const [item] = items
  if (item === undefined) throw new Error('empty')
  return item
}

describe('the judge of a crash', () => {
  test('finds nothing against a program that did right', () => {
    expect(judge(createEvidence())).toEqual([])
  })

  test.each<[string, string, (evidence: Evidence) => unknown]>([
    ['I1', 'an acknowledged answer that is not sealed', ({ snapshots }) => first(snapshots).body.answers.splice(0)],
    [
      'I1',
      'an acknowledged answer that an older one replaced',
      ({ fates }) => Object.assign(first(fates), { operation: { ...operation, seq: 2 } }),
    ],
    ['I1', 'an acknowledged answer that nobody logged', ({ logged }) => logged.splice(0)],
    ['I1', 'an attempt that is gone', ({ attempts }) => attempts.splice(0)],
    ['I2', 'an answer that its student never sent', ({ fates }) => fates.splice(0)],
    ['I3', 'marks that the answer does not earn', ({ results }) => Object.assign(first(results), { marks: '0' })],
    ['I3', 'a second result', ({ results }) => results.push({ ...first(results), gradingVersion: 2 })],
    ['I3', 'a seal that was told of twice', ({ told }) => told.push(first(told))],
    ['I3', 'a snapshot that was changed', ({ snapshots }) => Object.assign(first(snapshots), { text: 'changed' })],
    [
      'I4',
      'a late save that passes for timely',
      ({ fates }) => Object.assign(first(fates), { answers: [{ ...saved, storedAt: '2026-11-02T09:10:05.000Z' }] }),
    ],
    [
      'I4',
      'a save that was committed after the grace, whatever it says of itself',
      (evidence) => Object.assign(first(evidence.logged), { committedAt: new Date('2026-11-02T09:10:11.000Z') }),
    ],
    [
      'I4',
      'a save that was refused before the end',
      ({ fates }) => Object.assign(first(fates), { end: 'refused', refusedAt: Date.parse(storedAt) }),
    ],
    ['I5', 'an attempt that never ended', ({ attempts }) => Object.assign(first(attempts), { state: 'open' })],
    ['I6', 'an audit row that was taken out', ({ audit }) => audit.shift()],
    [
      'I7',
      'two receipts for one operation',
      ({ fates }) => first(fates).answers.push({ ...saved, receipt: 'another' }),
    ],
    [
      'I7',
      'another answer that was taken under a used id',
      ({ fates }) => Object.assign(first(fates), { isAlterable: true }),
    ],
    ['I8', 'a second mail', ({ notices }) => notices.push(first(notices))],
    ['I9', 'an event that waits', ({ unpublished }) => Object.assign(first(unpublished), { count: 1 })],
    ['I9', 'an event that was given up', ({ parked }) => Object.assign(first(parked), { count: 1 })],
    ['I12', 'an operation without a final answer', ({ fates }) => Object.assign(first(fates), { end: 'unknown' })],
  ])('%s: sees %s', (invariant, _, meddle) => {
    expect(after(meddle).map((fault) => fault.split(':')[0])).toContain(invariant)
  })

  describe('minutes that were given back', () => {
    const at = (time: string) => new Date(`2026-11-02T${time}.000Z`)
    const outage = { from: at('08:59:00'), to: at('09:02:00'), toldAt: at('09:03:00') }
    const credit = { attemptId, kind: 'outage', from: at('09:00:00'), to: at('09:02:00') }
    const givenBack = (credits: (typeof credit)[], shiftMs: number, deadline: string) => {
      const evidence = createEvidence()
      evidence.credits.push(...credits)
      Object.assign(first(evidence.attempts), { shiftMs, deadline: at(deadline), sealedAt: at(deadline) })
      return judge(evidence, { compensated: [outage] }).filter((fault) => fault.startsWith('I14'))
    }

    test('are found in order when each was given once and moved the end', () => {
      expect(givenBack([credit], 120_000, '09:12:00')).toEqual([])
    })

    test.each<[what: string, credits: (typeof credit)[], shiftMs: number, deadline: string]>([
      ['given twice', [credit, { ...credit, from: at('09:01:00') }], 180_000, '09:13:00'],
      ['that moved nothing', [credit], 0, '09:10:00'],
      ['that moved the end by more', [credit], 120_000, '09:14:00'],
      ['that somebody did not get', [], 0, '09:10:00'],
    ])('I14: sees those %s', (_, credits, shiftMs, deadline) => {
      expect(givenBack(credits, shiftMs, deadline)).not.toEqual([])
    })
  })

  test('excuses what the databases were made to forget, as long as its snapshot holds it', () => {
    const evidence = createEvidence()
    evidence.logged.splice(0)
    const period = { from: new Date(startedAt), to: new Date(sealedAt) }
    expect(judge(evidence, { forgotten: period })).toEqual([])
    expect(judge(evidence, { forgotten: { ...period, from: new Date(sealedAt) } })).not.toEqual([])
  })
})
