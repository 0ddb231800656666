import { afterAll, describe, expect, test } from 'bun:test'
import { connectDatabase } from '@hourglass/kit/db/connect'
import { toCanonicalJson } from '@hourglass/questions/canonical'
import { and, eq } from 'drizzle-orm'
import type { Sql } from 'postgres'
import type { z } from 'zod'
import { startCommitThief } from '../../fixtures/commit-thief'
import { openRoom } from '../../fixtures/room'
import type { LatePage, Receipts, Snapshot } from '../model'
import { answerLog, answers, events, lateArrivals } from '../schema'
import { resealDue, sealDue } from '../seal/sealer'
import { sha256Of, verifyReceipt } from './receipt'
import { createWaitingStore } from './store/judged'
import { createBatchStore } from './store/store'

const room = await openRoom()
afterAll(() => room.close())
const { db, teacher } = room
const exam = await room.schedule({ limitSeconds: 3_600 })
const sit = async () => room.start(exam.examId, await room.addStudent())
const hashOf = (response: object) => sha256Of(toCanonicalJson(response))
const text = (value: string) => ({ type: 'short-answer', text: value })
const lateOf = (attemptId: string) => db.select().from(lateArrivals).where(eq(lateArrivals.attemptId, attemptId))
const textOf = ({ answers: frozen }: Snapshot) => {
  const response = frozen.find(({ questionId }) => questionId === 'q4')?.response
  return response?.type === 'short-answer' ? response.text : undefined
}

describe('sequence and operation', () => {
  test('a newer sequence number wins, an older one is answered with what is stored', async () => {
    const attempt = await sit()
    expect((await room.saveText(attempt, 5, 'newer')).isStale).toBe(false)
    const stale = await room.saveText(attempt, 4, 'older')
    expect(stale).toMatchObject({ isStale: true, seq: 4, stored: { seq: 5, response: text('newer') } })
    const [stored] = await db.select().from(answers).where(eq(answers.attemptId, attempt.attemptId))
    expect(stored).toMatchObject({ seq: 5, response: text('newer') })
  })

  test('two devices never overwrite silently: the second with the same number is told what is stored', async () => {
    const attempt = await sit()
    const outcomes = await Promise.all(['one', 'two'].map((value) => room.saveText(attempt, 1, value)))
    expect(outcomes.filter(({ isStale }) => isStale)).toHaveLength(1)
    expect(outcomes.find(({ isStale }) => isStale)?.stored?.seq).toBe(1)
  })

  test('the same operation with the same body is the same answer and no second effect', async () => {
    const attempt = await sit()
    const body = { operationId: Bun.randomUUIDv7(), seq: 1, response: text('once') }
    const all = await Promise.all([1, 2, 3].map(() => room.save(attempt, 'q4', body)))
    const again = await room.save(attempt, 'q4', body)
    for (const { status, body: answer } of [...all, again]) {
      expect(status).toBe(200)
      const { seq, storedAt, receipt, isLate, isStale } = all[0]?.body ?? {}
      expect(answer).toMatchObject({ seq, storedAt, receipt, isLate, isStale })
    }
    const log = await db.select().from(answerLog).where(eq(answerLog.attemptId, attempt.attemptId))
    expect(log).toHaveLength(1)
  })

  test('the same operation with another body is a 422', async () => {
    const attempt = await sit()
    const operationId = Bun.randomUUIDv7()
    await room.save(attempt, 'q4', { operationId, seq: 1, response: text('one') })
    const other = await room.save(attempt, 'q4', { operationId, seq: 2, response: text('two') })
    expect([other.status, other.body.kind]).toEqual([422, 'operation-reused'])
    const elsewhere = await room.save(attempt, 'q5', { operationId, seq: 1, response: { type: 'essay', text: 'one' } })
    expect(elsewhere.status).toBe(422)
    const stored = await db.select().from(answers).where(eq(answers.attemptId, attempt.attemptId))
    expect(stored).toMatchObject([{ questionId: 'q4', seq: 1, response: text('one') }])
  })

  test('one operation sent for two questions at once stores one of them and refuses the other', async () => {
    const attempt = await sit()
    const operationId = Bun.randomUUIDv7()
    // The first save of all occupies the writer, so that the two go in one batch.
    const [, one, two] = await Promise.all([
      room.saveText(await sit(), 1, 'first'),
      room.save(attempt, 'q4', { operationId, seq: 1, response: text('one') }),
      room.save(attempt, 'q5', { operationId, seq: 1, response: { type: 'essay', text: 'two' } }),
    ])
    expect([one.status, two.status].sort()).toEqual([200, 422])
    expect(await db.$count(answers, eq(answers.attemptId, attempt.attemptId))).toBe(1)
  })

  test('a replay after the end gets the first answer, not a refusal', async () => {
    const attempt = await sit()
    const body = { operationId: Bun.randomUUIDv7(), seq: 1, response: text('in time') }
    const first = await room.save(attempt, 'q4', body)
    await room.age(attempt.attemptId, 3_580)
    await room.call('POST', `/api/attempts/${attempt.attemptId}/submit`, { as: `Seat ${attempt.seatToken}` })
    const again = await room.save(attempt, 'q4', body)
    expect(again.status).toBe(200)
    expect(again.body.receipt).toBe(first.body.receipt)
    expect(await lateOf(attempt.attemptId)).toHaveLength(0)
  })

  test('many saves at once are all stored, each with its own answer', async () => {
    const sitting = await Promise.all(Array.from({ length: 20 }, sit))
    const saves = sitting.flatMap((attempt) =>
      [1, 2, 3].map((seq) => room.saveText(attempt, seq, `${attempt.attemptId} ${seq}`)),
    )
    expect(await Promise.all(saves)).toHaveLength(60)
    for (const { attemptId } of sitting) {
      const [stored] = await db.select().from(answers).where(eq(answers.attemptId, attemptId))
      expect(stored).toMatchObject({ seq: 3, response: text(`${attemptId} 3`) })
    }
  })
})

const attempt = await sit()
describe('what an answer may be', () => {
  const good: [string, object][] = [
    ['q1', { type: 'true-false', value: null }],
    ['q2', { type: 'single-choice', choice: 'a' }],
    ['q3', { type: 'multiple-choice', choices: ['a', 'c'] }],
    ['q5', { type: 'essay', text: 'ä😀\n' }],
    ['q6', { type: 'matching', pairs: { a: 'd' } }],
    ['q7', { type: 'ordering', order: ['d', 'c', 'b', 'a'] }],
    ['q8', { type: 'gap-fill', gaps: { g1: 'a', g2: 'free' } }],
    ['q9', { type: 'numeric', text: '1.5e3', unit: 'm' }],
  ]
  test.each(good)('an answer of its type and ids is stored: %s', async (questionId, response) => {
    expect((await room.save(attempt, questionId, { seq: 1, response })).status).toBe(200)
  })

  const bad: [string, string, object][] = [
    ['of another type', 'q1', text('x')],
    ['with a choice that the question does not have', 'q2', { type: 'single-choice', choice: 'z' }],
    ['with a choice twice', 'q3', { type: 'multiple-choice', choices: ['a', 'a'] }],
    ['with an unknown prompt', 'q6', { type: 'matching', pairs: { z: 'a' } }],
    ['with an unknown option', 'q6', { type: 'matching', pairs: { a: 'z' } }],
    ['with an unknown item', 'q7', { type: 'ordering', order: ['z'] }],
    ['with an unknown gap', 'q8', { type: 'gap-fill', gaps: { z: '' } }],
    ['with an unknown choice in a gap', 'q8', { type: 'gap-fill', gaps: { g1: 'z' } }],
    ['with a NUL', 'q4', text('a\0b')],
    ['with a lone surrogate', 'q4', text('a\ud800b')],
    ['with certainty where none is asked', 'q4', { ...text('x'), certainty: 3 }],
    ['with a field that nobody knows', 'q4', { ...text('x'), admin: true }],
    ['to a text that asks nothing', 'q10', text('x')],
  ]
  test.each(bad)('an answer is refused %s', async (_, questionId, response) => {
    expect((await room.save(attempt, questionId, { seq: 9, response })).status).toBe(422)
  })

  test('a question that the attempt does not have is a 404', async () => {
    expect((await room.save(attempt, 'q99', { seq: 1, response: text('x') })).status).toBe(404)
  })
})

describe('receipts', () => {
  test('every acknowledged save has a receipt that only this server can have given', async () => {
    const attempt = await sit()
    const saved = await room.saveText(attempt, 1, 'proof')
    const facts = {
      attemptId: attempt.attemptId,
      questionId: 'q4',
      seq: 1,
      answerHash: hashOf(text('proof')),
      storedAt: saved.storedAt,
    }
    expect(verifyReceipt(room.deps.receiptKey, facts, saved.receipt)).toBe(true)
    expect(verifyReceipt(room.deps.receiptKey, { ...facts, seq: 2 }, saved.receipt)).toBe(false)
    expect(verifyReceipt('another key', facts, saved.receipt)).toBe(false)
    const list = await room.call<z.infer<typeof Receipts>>('GET', `/api/attempts/${attempt.attemptId}/receipts`, {
      as: `Seat ${attempt.seatToken}`,
    })
    expect(list.body.items).toEqual([{ ...facts, receipt: saved.receipt }])
  })
})

describe('the end', () => {
  test('there is no blackout: a save in the last second is on time', async () => {
    const attempt = await sit()
    await room.age(attempt.attemptId, 3_598)
    expect(await room.saveText(attempt, 1, 'last second')).toMatchObject({ isLate: false })
  })

  test('a save that arrives in the network grace is taken, marked late, and in the result', async () => {
    const attempt = await sit()
    await room.saveText(attempt, 1, 'before')
    await room.age(attempt.attemptId, 3_602)
    await sealDue(db)
    const first = await room.snapshotOf(attempt.attemptId)
    expect([first.revision, textOf(first)]).toEqual([1, 'before'])
    expect(await room.saveText(attempt, 2, 'in the grace')).toMatchObject({ isLate: true, isStale: false })
    await room.age(attempt.attemptId, 10)
    await db.execute(`update exams.reseals set due_at = now() where attempt_id = '${attempt.attemptId}'`)
    await resealDue(db)
    const second = await room.snapshotOf(attempt.attemptId)
    expect([second.revision, second.cause, textOf(second)]).toEqual([2, 'deadline', 'in the grace'])
    expect(second.answers[0]?.isLate).toBe(true)
    const told = await db.select().from(events.outbox).where(eq(events.outbox.name, 'attempt.sealed'))
    expect(told.filter(({ data }) => (data as { attemptId: string }).attemptId === attempt.attemptId)).toHaveLength(2)
  })

  test('a save in the grace that comes before the sealer is in the first snapshot', async () => {
    const attempt = await sit()
    await room.age(attempt.attemptId, 3_601)
    expect((await room.saveText(attempt, 1, 'just late')).isLate).toBe(true)
    await sealDue(db)
    expect(textOf(await room.snapshotOf(attempt.attemptId))).toBe('just late')
    expect(await resealDue(db)).not.toContain(attempt.attemptId)
  })

  test('a save that says itself that it was sent after the end is evidence only', async () => {
    const attempt = await sit()
    await room.age(attempt.attemptId, 3_603)
    const sentAt = new Date(Date.now() + 1_000).toISOString()
    const answer = await room.save(attempt, 'q4', { seq: 1, response: text('after'), sentAt })
    expect([answer.status, answer.body.kind, answer.body.isKept]).toEqual([409, 'too-late', true])
  })

  test('a save beyond the grace is kept as evidence and not graded; a teacher may accept it, which seals anew', async () => {
    const attempt = await sit()
    const seat = `Seat ${attempt.seatToken}`
    await room.age(attempt.attemptId, 3_611)
    const body = { operationId: Bun.randomUUIDv7(), seq: 1, response: text('too late') }
    const path = `/api/attempts/${attempt.attemptId}/answers/q4`
    for (let time = 0; time < 2; time++) {
      const answer = await room.call('PUT', path, { as: seat, body })
      expect([answer.status, answer.body.kind]).toEqual([409, 'too-late'])
    }
    await sealDue(db)
    expect(textOf(await room.snapshotOf(attempt.attemptId))).toBeUndefined()
    const { body: list } = await room.call<z.infer<typeof LatePage>>(
      'GET',
      `/api/exams/${exam.examId}/late?limit=200`,
      { as: teacher },
    )
    const mine = list.items.filter((item) => item.attemptId === attempt.attemptId)
    expect(mine).toMatchObject([{ questionId: 'q4', number: 4, question: { id: 'q4', type: mine[0]?.response.type } }])
    const accept = `/api/attempts/${attempt.attemptId}/late/${mine[0]?.lateId}/accept`
    expect((await room.call('POST', accept, { as: { personId: attempt.attemptId, role: 'teacher' } })).status).toBe(404)
    for (let time = 0; time < 2; time++) expect((await room.call('POST', accept, { as: teacher })).status).toBe(200)
    const snapshot = await room.snapshotOf(attempt.attemptId)
    expect([snapshot.revision, snapshot.cause, textOf(snapshot)]).toEqual([2, 'late-accepted', 'too late'])
    const sealed = await db.select().from(events.outbox).where(eq(events.outbox.name, 'attempt.sealed'))
    const told = sealed.map(({ data }) => data as { attemptId: string; cause: string })
    expect(
      told
        .filter(({ attemptId }) => attemptId === attempt.attemptId)
        .map(({ cause }) => cause)
        .sort(),
    ).toEqual(['deadline', 'late-accepted'])
  })

  test('a seal by the teacher after the end does not open the grace again', async () => {
    const slow = await room.schedule({ limitSeconds: 3_600, overduePolicy: 'grace-period', graceSeconds: 600 })
    const attempt = await room.start(slow.examId, await room.addStudent())
    await room.age(attempt.attemptId, 3_660)
    await room.call('POST', `/api/attempts/${attempt.attemptId}/seal`, { as: teacher })
    expect((await room.save(attempt, 'q4', { seq: 1, response: text('after') })).body.kind).toBe('too-late')
    expect((await room.rowOf(attempt.attemptId)).sealedAt).toEqual((await room.rowOf(attempt.attemptId)).deadline)
  })

  test("after a student's own submit nothing is taken, but it is kept", async () => {
    const attempt = await sit()
    const seat = `Seat ${attempt.seatToken}`
    await room.call('POST', `/api/attempts/${attempt.attemptId}/submit`, { as: seat })
    expect((await room.save(attempt, 'q4', { seq: 1, response: text('after submit') })).status).toBe(409)
    expect(await lateOf(attempt.attemptId)).toHaveLength(1)
  })

  test('a paused attempt takes what was under way, then asks to send again', async () => {
    const attempt = await sit()
    const path = `/api/attempts/${attempt.attemptId}`
    await room.call('POST', `${path}/pause`, { as: teacher, body: {} })
    expect((await room.saveText(attempt, 1, 'under way')).isLate).toBe(false)
    await room.age(attempt.attemptId, 11)
    const refused = await room.save(attempt, 'q4', { seq: 2, response: text('while paused') })
    expect([refused.status, refused.body.kind]).toEqual([409, 'paused'])
    await room.call('POST', `${path}/resume`, { as: teacher, body: {} })
    expect((await room.saveText(attempt, 2, 'while paused')).isStale).toBe(false)
    expect(await lateOf(attempt.attemptId)).toHaveLength(0)
  })
})

describe('races on the database', () => {
  test('a save that was acknowledged is in the sealed attempt, whoever came first', async () => {
    let all = 0
    for (let round = 0; round < 15; round++) {
      const attempt = await sit()
      const acknowledged: number[] = []
      const saves = Array.from({ length: 8 }, async (_, index) => {
        await Bun.sleep(index)
        const answer = await room.save(attempt, 'q4', { seq: index + 1, response: text(String(index + 1)) })
        if (answer.status === 200 && !answer.body.isStale) acknowledged.push(index + 1)
      })
      await Bun.sleep(round % 8)
      await room.call('POST', `/api/attempts/${attempt.attemptId}/submit`, { as: `Seat ${attempt.seatToken}` })
      await Promise.all(saves)
      const snapshot = await room.snapshotOf(attempt.attemptId)
      expect(snapshot.revision).toBe(1)
      expect(Number(textOf(snapshot) ?? 0)).toBe(Math.max(0, ...acknowledged))
      all += acknowledged.length
    }
    expect(all).toBeGreaterThan(15)
  })

  test('a save that waits for a lock past the deadline and the grace is refused: the clock is read after the lock', async () => {
    const strict = createWaitingStore(room.sql, 0)
    const attempt = await sit()
    const row = await room.rowOf(attempt.attemptId)
    await room.age(attempt.attemptId, (row.deadline?.getTime() ?? 0) / 1_000 - Date.now() / 1_000 - 0.6)
    const isHeld = Promise.withResolvers<void>()
    const holder = db.transaction(async (tx) => {
      await tx.execute(`select 1 from exams.attempts where id = '${attempt.attemptId}' for update`)
      isHeld.resolve()
      await Bun.sleep(1_000)
    })
    await isHeld.promise
    const save = {
      attemptId: attempt.attemptId,
      questionId: 'q4',
      operationId: Bun.randomUUIDv7(),
      seq: 1,
      response: JSON.stringify(text('waited')),
      isBlank: false,
      answerHash: 'x',
      sentAt: null,
    }
    const [outcome] = await strict([save])
    await holder
    expect(outcome?.kind).toBe('too-late')
    expect(await db.$count(answers, eq(answers.attemptId, attempt.attemptId))).toBe(0)
  })

  test("one attempt whose row is held does not keep its neighbours' saves waiting", async () => {
    const [held, free] = [await sit(), await sit()]
    await room.saveText(free, 1, 'warm')
    await room.saveText(held, 1, 'warm')
    const isHeld = Promise.withResolvers<void>()
    const holder = db.transaction(async (tx) => {
      await tx.execute(`select 1 from exams.attempts where id = '${held.attemptId}' for update`)
      isHeld.resolve()
      await Bun.sleep(600)
    })
    await isHeld.promise
    const begun = performance.now()
    const waiting = room.saveText(held, 2, 'waits')
    await room.saveText(free, 2, 'does not')
    expect(performance.now() - begun).toBeLessThan(400)
    expect((await waiting).isStale).toBe(false)
    await holder
  })

  const stores = [
    ['judged in a transaction', 'COMMIT', (sql: Sql) => createWaitingStore(sql, 10_000)],
    ['stored by one statement', 'SELECT 1', (sql: Sql) => createBatchStore(sql, 10_000)],
  ] as const
  test.each(stores)(
    'a save, %s, whose commit was not acknowledged is a no-op when sent again',
    async (_, tag, storeOn) => {
      const attempt = await sit()
      const thief = await startCommitThief(room.url, tag)
      const unlucky = connectDatabase({ url: thief.url, poolSize: 1 })
      const answerHash = hashOf(text('lost word'))
      const save = {
        attemptId: attempt.attemptId,
        questionId: 'q4',
        operationId: Bun.randomUUIDv7(),
        seq: 1,
        response: JSON.stringify(text('lost word')),
        isBlank: false,
        answerHash,
        sentAt: null,
      }
      await expect(storeOn(unlucky.sql)([save])).rejects.toThrow()
      expect(thief.stolen()).toBe(1)
      const isThis = and(eq(answerLog.attemptId, attempt.attemptId), eq(answerLog.operationId, save.operationId))
      const [unheard] = await db.select().from(answerLog).where(isThis)
      const again = await room.save(attempt, 'q4', {
        operationId: save.operationId,
        seq: 1,
        response: text('lost word'),
      })
      expect([again.status, again.body.isStale]).toEqual([200, false])
      expect(again.body.storedAt).toBe(unheard?.storedAt.toISOString() ?? '')
      expect(await db.$count(answerLog, isThis)).toBe(1)
      thief.close()
      await unlucky.close()
    },
  )
})
