import { afterAll, describe, expect, test } from 'bun:test'
import { createLogger } from '@hourglass/kit/logger'
import { policyTable } from '@hourglass/policy'
import { asc, eq } from 'drizzle-orm'
import fc from 'fast-check'
import type { z } from 'zod'
import { openRoom } from '../../fixtures/room'
import { findBrokenLink, linkAudit } from '../audit/chain'
import { logAudit } from '../audit/log'
import type { Attempt, AttemptPage, AuditPage, Compensated, Exam, MyExam, MyExamPage, Seal, TimesPage } from '../model'
import { answerLog, attempts, auditLog, events, snapshots } from '../schema'
import { sealDue } from '../seal/sealer'
import { lengthOf, subtractIntervals } from './intervals'

const room = await openRoom()
afterAll(() => room.close())
const { db, teacher } = room
const hour = { limitSeconds: 3_600 }
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()
const leftOf = (attempt: { deadline: string | null; serverTime: string }) =>
  Math.round((Date.parse(attempt.deadline ?? '') - Date.parse(attempt.serverTime)) / 1_000)
const lengthOfAttempt = (attempt: { deadline: string | null; startedAt: string }) =>
  (Date.parse(attempt.deadline ?? '') - Date.parse(attempt.startedAt)) / 1_000
const read = async (attempt: Attempt) =>
  (await room.call<Attempt>('GET', `/api/attempts/${attempt.attemptId}`, { as: `Seat ${attempt.seatToken}` })).body
const submit = (attempt: Attempt) =>
  room.call<Seal>('POST', `/api/attempts/${attempt.attemptId}/submit`, { as: `Seat ${attempt.seatToken}` })
const startRefused = async (examId: string, as: { personId: string; role: 'student' }, password?: string) => {
  const answer = await room.call<{ kind: string; message: string }>('POST', '/api/attempts', {
    as,
    body: { examId, password },
  })
  return [answer.status, answer.body.kind]
}
const student = async (groups?: string[]) => ({ ...(await room.addStudent(groups)), role: 'student' as const })

describe('starting', () => {
  test('pins version, order and end by the clock of the database', async () => {
    const exam = await room.schedule(hour)
    const attempt = await room.start(exam.examId, await student())
    expect(lengthOfAttempt(attempt)).toBe(3_600)
    expect(attempt.paper?.sections[0]?.questions).toHaveLength(10)
    const [row] = await db.select().from(attempts).where(eq(attempts.id, attempt.attemptId))
    expect(row).toMatchObject({ versionDigest: room.versionDigest, number: 1, state: 'open' })
  })

  test('an open attempt is resumed on another device, in the same order, with its answers', async () => {
    const exam = await room.schedule({ ...hour, shuffleQuestions: true })
    const who = await student()
    const first = await room.start(exam.examId, who)
    await room.saveText(first, 7, 'kept')
    const second = await room.start(exam.examId, who)
    expect(second.attemptId).toBe(first.attemptId)
    expect(second.paper).toEqual(first.paper)
    expect(second.answers).toMatchObject([{ questionId: 'q4', seq: 7 }])
    expect(second.lastSeq).toBe(7)
  })

  test('twice at once makes one attempt', async () => {
    const exam = await room.schedule(hour)
    const who = await student()
    const all = await Promise.all(Array.from({ length: 5 }, () => room.start(exam.examId, who)))
    expect(new Set(all.map(({ attemptId }) => attemptId)).size).toBe(1)
  })

  test('is refused before the open and after the close, in words', async () => {
    const who = await student()
    const later = await room.schedule({ opensAt: inMinutes(5) })
    expect(await startRefused(later.examId, who)).toEqual([409, 'not-open-yet'])
    const over = await room.schedule({ closesAt: inMinutes(-5) })
    expect(await startRefused(over.examId, who)).toEqual([409, 'closed'])
  })

  test('is refused when the attempts are used up', async () => {
    const exam = await room.schedule({ ...hour, attemptsAllowed: 1 })
    const who = await student()
    await submit(await room.start(exam.examId, who))
    expect(await startRefused(exam.examId, who)).toEqual([409, 'no-attempts-left'])
  })

  test('needs the password, but going on does not', async () => {
    const exam = await room.schedule({ ...hour, password: 'sesame' })
    const who = await student()
    expect(await startRefused(exam.examId, who)).toEqual([403, 'password-needed'])
    expect(await startRefused(exam.examId, who, 'wrong')).toEqual([403, 'wrong-password'])
    const attempt = await room.start(exam.examId, who, 'sesame')
    expect((await room.start(exam.examId, who)).attemptId).toBe(attempt.attemptId)
  })

  test("is a 404 for who is not in the class, as is another's attempt", async () => {
    const exam = await room.schedule(hour)
    const stranger = { personId: Bun.randomUUIDv7(), role: 'student' as const }
    expect(await startRefused(exam.examId, stranger)).toEqual([404, 'not-found'])
    const attempt = await room.start(exam.examId, await student())
    const path = `/api/attempts/${attempt.attemptId}`
    const theirs = await room.call('GET', path, { as: await student(), headers: { 'x-request-id': 'abcdefgh' } })
    const nothing = await room.call('GET', `/api/attempts/${Bun.randomUUIDv7()}`, {
      as: stranger,
      headers: { 'x-request-id': 'abcdefgh' },
    })
    expect([theirs.status, theirs.text]).toEqual([nothing.status, nothing.text])
    const other = await room.start(exam.examId, await student())
    expect((await room.call('GET', path, { as: `Seat ${other.seatToken}` })).status).toBe(404)
  })
})

describe('access', () => {
  test('my exams say what, when, how long for me and why', async () => {
    const exam = await room.schedule({ ...hour, opensAt: inMinutes(-1), closesAt: inMinutes(60) })
    const who = await student()
    await room.tell('accommodation.changed', {
      personId: who.personId,
      revision: 1,
      timeFactor: '1.5',
      extraMinutes: 0,
    })
    const { body } = await room.call<z.infer<typeof MyExamPage>>('GET', '/api/exams/mine', { as: who })
    const mine = body.items.find(({ examId }) => examId === exam.examId) as MyExam
    expect(mine).toMatchObject({ state: 'open', questionCount: 9, attemptsUsed: 0 })
    expect(mine.access.limitSeconds).toMatchObject({ value: 5_400, accommodation: { timeFactor: '1.5' } })
    expect(mine.access.closesAt.value).toBe(new Date(Date.parse(exam.closesAt ?? '') + 1_800_000).toISOString())
    const times = await room.call<z.infer<typeof TimesPage>>('GET', `/api/exams/${exam.examId}/times?limit=200`, {
      as: teacher,
    })
    expect(times.body.items.find(({ personId }) => personId === who.personId)?.access).toEqual(mine.access)
  })

  test('an accommodation given in mid-exam reaches the running attempt, and an older one does not come back', async () => {
    // Somewhat later than the limit, which is then what ends the attempt, also on a busy machine.
    const exam = await room.schedule({ ...hour, closesAt: inMinutes(62) })
    const who = await student()
    const attempt = await room.start(exam.examId, who)
    const give = (revision: number, timeFactor: '1' | '1.25' | '2') =>
      room.tell('accommodation.changed', { personId: who.personId, revision, timeFactor, extraMinutes: 0 })
    await give(2, '2')
    expect(lengthOfAttempt(await read(attempt))).toBe(7_200)
    await give(1, '1')
    expect(lengthOfAttempt(await read(attempt))).toBe(7_200)
  })

  test('an override made, changed and removed moves the running attempt each time', async () => {
    const exam = await room.schedule(hour)
    const who = await student(['slow'])
    const attempt = await room.start(exam.examId, who)
    const body = { examId: exam.examId, personId: who.personId, limitSeconds: 5_000 }
    const made = await room.call<{ overrideId: string }>('POST', '/api/overrides', { as: teacher, body })
    expect(lengthOfAttempt(await read(attempt))).toBe(5_000)
    const path = `/api/overrides/${made.body.overrideId}`
    await room.call('PUT', path, { as: teacher, body: { limitSeconds: null } })
    expect((await read(attempt)).deadline).toBeNull()
    await room.call('DELETE', path, { as: teacher })
    expect(lengthOfAttempt(await read(attempt))).toBe(3_600)
    await room.call('POST', '/api/overrides', {
      as: teacher,
      body: { examId: exam.examId, group: 'slow', limitSeconds: 4_000 },
    })
    expect(lengthOfAttempt(await read(attempt))).toBe(4_000)
  })

  test("a change of the exam's close moves running attempts; a stale change is refused", async () => {
    const exam = await room.schedule(hour)
    const attempt = await room.start(exam.examId, await student())
    const patch = (body: object) => room.call<Exam>('PATCH', `/api/exams/${exam.examId}`, { as: teacher, body })
    expect((await patch({ revision: 1, limitSeconds: 1_800 })).body.revision).toBe(2)
    expect(lengthOfAttempt(await read(attempt))).toBe(1_800)
    expect((await patch({ revision: 1, limitSeconds: 60 })).status).toBe(409)
    expect((await patch({ revision: 2, certainty: true })).status).toBe(409)
  })

  test('a close that moves is told of sealed attempts too, and only while it still says something', async () => {
    const exam = await room.schedule({ closesAt: inMinutes(60) })
    const [sealed, open] = [
      await room.start(exam.examId, await student()),
      await room.start(exam.examId, await student()),
    ]
    await submit(sealed)
    const patch = (body: object) => room.call<Exam>('PATCH', `/api/exams/${exam.examId}`, { as: teacher, body })
    const told = async () =>
      (await db.select().from(events.outbox).where(eq(events.outbox.name, 'attempt.close-moved')))
        .map(({ data }) => data as { attemptId: string; closesAt: string | null })
        .filter(({ attemptId }) => attemptId === sealed.attemptId || attemptId === open.attemptId)
        .map(({ attemptId, closesAt }) => [attemptId, closesAt])
    await patch({ revision: 1, title: 'Another title' })
    expect(await told()).toEqual([])
    const [soon, late] = [inMinutes(30), inMinutes(90)]
    await patch({ revision: 2, closesAt: soon })
    expect(await told()).toEqual([[sealed.attemptId, soon]])
    await patch({ revision: 3, closesAt: late })
    await patch({ revision: 4, closesAt: null })
    expect((await told()).toSorted()).toEqual(
      [
        [sealed.attemptId, soon],
        [sealed.attemptId, late],
        [sealed.attemptId, null],
      ].toSorted(),
    )
  })

  test("another teacher's exam does not exist", async () => {
    const exam = await room.schedule(hour)
    const other = { personId: Bun.randomUUIDv7(), role: 'teacher' as const }
    for (const path of ['', '/times', '/attempts', '/late', '/audit']) {
      expect((await room.call('GET', `/api/exams/${exam.examId}${path}`, { as: other })).status).toBe(404)
    }
    const body = { versionDigest: room.versionDigest, classId: room.classId }
    expect((await room.call('POST', '/api/exams', { as: other, body })).status).toBe(404)
  })
})

describe('the end', () => {
  test('a submit freezes the answers under a digest and tells of it once', async () => {
    const exam = await room.schedule(hour)
    const attempt = await room.start(exam.examId, await student())
    await room.saveText(attempt, 1, 'mine')
    const [first, second] = [await submit(attempt), await submit(attempt)]
    expect(first.body).toMatchObject({ state: 'sealed', cause: 'submitted', answeredCount: 1, questionCount: 10 })
    expect(second.body).toEqual(first.body)
    const taken = await db.select().from(snapshots).where(eq(snapshots.attemptId, attempt.attemptId))
    expect(taken).toHaveLength(1)
    expect(new Bun.CryptoHasher('sha256').update(taken[0]?.body ?? '').digest('hex')).toBe(taken[0]?.digest ?? '')
    const told = await db.select().from(events.outbox).where(eq(events.outbox.name, 'attempt.sealed'))
    const mine = told.filter(({ data }) => JSON.stringify(data).includes(attempt.attemptId))
    expect(mine).toHaveLength(1)
    expect(mine[0]?.data).toMatchObject({ snapshotDigest: first.body.snapshotDigest ?? '', cause: 'submitted' })
    expect(await read(attempt)).toMatchObject({ state: 'sealed', paper: null, answers: [], seatToken: null })
  })

  test('an end lies before no answer, also when the clock of the database has gone back since', async () => {
    const exam = await room.schedule(hour)
    const attempt = await room.start(exam.examId, await student())
    await room.saveText(attempt, 1, 'stored before the clock went back')
    const storedAt = new Date(Date.now() + 2_000)
    await db.update(answerLog).set({ storedAt }).where(eq(answerLog.attemptId, attempt.attemptId))
    expect((await submit(attempt)).body).toMatchObject({ sealedAt: storedAt.toISOString(), cause: 'submitted' })
  })

  test('the server seals by itself, and the end is the deadline, not when somebody came by', async () => {
    const exam = await room.schedule(hour)
    const attempt = await room.start(exam.examId, await student())
    await room.age(attempt.attemptId, 4_000)
    const before = await room.rowOf(attempt.attemptId)
    expect(await sealDue(db)).toContain(attempt.attemptId)
    const row = await room.rowOf(attempt.attemptId)
    expect(row).toMatchObject({ state: 'sealed', cause: 'deadline', sealedAt: before.deadline })
  })

  test("a client's word that time is up is not believed while the server has time left", async () => {
    const exam = await room.schedule(hour)
    const attempt = await room.start(exam.examId, await student())
    expect(await sealDue(db)).not.toContain(attempt.attemptId)
    expect((await room.saveText(attempt, 1, 'goes on')).isLate).toBe(false)
  })

  test('grace period: answers close at the end, submitting later; who does not is abandoned and not marked', async () => {
    const exam = await room.schedule({ ...hour, overduePolicy: 'grace-period', graceSeconds: 120 })
    const [submits, sleeps] = [
      await room.start(exam.examId, await student()),
      await room.start(exam.examId, await student()),
    ]
    for (const { attemptId } of [submits, sleeps]) await room.age(attemptId, 3_660)
    expect(await read(submits)).toMatchObject({ isOverdue: true, state: 'open' })
    const late = { seq: 1, response: { type: 'short-answer', text: 'x' } }
    expect((await room.save(submits, 'q4', late)).status).toBe(409)
    expect((await submit(submits)).body).toMatchObject({ state: 'sealed', cause: 'submitted' })
    expect(await sealDue(db)).not.toContain(sleeps.attemptId)
    await room.age(sleeps.attemptId, 120)
    expect(await sealDue(db)).toContain(sleeps.attemptId)
    expect((await room.rowOf(sleeps.attemptId)).state).toBe('abandoned')
    const told = await db.select().from(events.outbox).where(eq(events.outbox.name, 'attempt.sealed'))
    expect(JSON.stringify(told)).not.toContain(sleeps.attemptId)
    const sealed = await room.call<Seal>('POST', `/api/attempts/${sleeps.attemptId}/seal`, { as: teacher })
    expect(sealed.body).toMatchObject({ state: 'sealed', cause: 'teacher' })
  })

  test('auto-abandon: without a submit in time the attempt is not marked', async () => {
    const exam = await room.schedule({ ...hour, overduePolicy: 'auto-abandon' })
    const attempt = await room.start(exam.examId, await student())
    await room.age(attempt.attemptId, 3_611)
    await sealDue(db)
    expect((await room.rowOf(attempt.attemptId)).state).toBe('abandoned')
    const told = await db.select().from(events.outbox).where(eq(events.outbox.name, 'attempt.abandoned'))
    expect(told.map(({ data }) => (data as { attemptId: string }).attemptId)).toContain(attempt.attemptId)
  })

  test('500 attempts that end in the same second are all sealed within 2 s, by two replicas at once', async () => {
    const exam = await room.schedule(hour)
    const one = await room.start(exam.examId, await student())
    await db.execute(`insert into exams.attempts select (jsonb_populate_record(a, jsonb_build_object(
      'id', gen_random_uuid(), 'person_id', gen_random_uuid()))).* from exams.attempts a, generate_series(1, 499)
      where a.id = '${one.attemptId}'`)
    await db.execute(`insert into exams.answers select id, q, 1, gen_random_uuid(), '{"type":"short-answer","text":"x"}', false,
      false, now() from exams.attempts, unnest(array['q4','q5']) q where exam_id = '${exam.examId}'`)
    await db.execute(`update exams.attempts set deadline = clock_timestamp() + interval '200 ms',
      seal_due_at = clock_timestamp() + interval '200 ms' where exam_id = '${exam.examId}'`)
    await Bun.sleep(210)
    const begun = performance.now()
    const sealed = (await Promise.all([sealDue(db), sealDue(db)])).flat()
    const tookMs = performance.now() - begun
    expect(sealed.length).toBe(500)
    expect(new Set(sealed).size).toBe(500)
    expect(tookMs).toBeLessThan(1_700)
  }, 60_000)
})

describe('pauses and outages', () => {
  test('a pause stops the clock, and the end moves by as long', async () => {
    const exam = await room.schedule(hour)
    const [one, two] = [await room.start(exam.examId, await student()), await room.start(exam.examId, await student())]
    const path = `/api/exams/${exam.examId}`
    await room.call('POST', `${path}/pause`, {
      as: teacher,
      body: { attemptIds: [one.attemptId], reason: 'fire alarm' },
    })
    await db.execute(`update exams.attempts set paused_at = paused_at - interval '300 s' where id = '${one.attemptId}'`)
    expect((await read(one)).pausedAt).not.toBeNull()
    expect((await read(two)).pausedAt).toBeNull()
    await room.age(one.attemptId, 3_400)
    expect(await sealDue(db)).not.toContain(one.attemptId)
    await db.execute(
      `update exams.attempts set paused_at = paused_at + interval '3400 s' where id = '${one.attemptId}'`,
    )
    await room.call('POST', `${path}/resume`, { as: teacher, body: {} })
    const resumed = await read(one)
    expect(resumed.pausedAt).toBeNull()
    expect(Math.abs(leftOf(resumed) - (3_600 - 3_400 + 300))).toBeLessThanOrEqual(2)
  })

  test('outage minutes are given back to all who were affected, once', async () => {
    const exam = await room.schedule(hour)
    const [early, late] = [
      await room.start(exam.examId, await student()),
      await room.start(exam.examId, await student()),
    ]
    await room.age(early.attemptId, 600)
    await room.age(late.attemptId, 120)
    const body = { from: inMinutes(-5), to: inMinutes(-1), reason: 'network down' }
    const give = (outage: object) =>
      room.call<z.infer<typeof Compensated>>('POST', `/api/exams/${exam.examId}/compensate`, {
        as: teacher,
        body: outage,
      })
    const given = new Map((await give(body)).body.items.map((item) => [item.attemptId, item.creditedSeconds]))
    expect(Math.round(given.get(early.attemptId) ?? 0)).toBe(240)
    expect(Math.round(given.get(late.attemptId) ?? 0)).toBe(60)
    expect((await give(body)).body.items).toEqual([])
    const longer = await give({ ...body, from: inMinutes(-6) })
    expect(longer.body.items.map(({ attemptId }) => attemptId)).toEqual([early.attemptId])
    expect(leftOf(await read(early))).toBeGreaterThan(3_600 - 600 + 240)
  })

  test('no moment is given back twice, however the outages overlap', () => {
    const interval = fc.tuple(fc.nat(200), fc.nat(200)).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }))
    fc.assert(
      fc.property(fc.array(interval, { maxLength: 8 }), (outages) => {
        const given: { from: number; to: number }[] = []
        for (const outage of outages) given.push(...subtractIntervals(outage, given))
        const moments = new Set(
          outages.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => from + i)),
        )
        expect(lengthOf(given)).toBe(moments.size)
      }),
    )
  })
})

describe('what the teacher sees', () => {
  test('the live list tells who answered how much and when', async () => {
    const exam = await room.schedule(hour)
    const attempt = await room.start(exam.examId, await student())
    await room.saveText(attempt, 1, 'something')
    await room.save(attempt, 'q1', { seq: 2, response: { type: 'true-false', value: null } })
    const { body } = await room.call<z.infer<typeof AttemptPage>>('GET', `/api/exams/${exam.examId}/attempts`, {
      as: teacher,
    })
    expect(body.items).toMatchObject([
      { attemptId: attempt.attemptId, answeredCount: 1, questionCount: 10, state: 'open' },
    ])
    expect(body.items[0]?.lastSavedAt).not.toBeNull()
  })

  test('every action is in a chain that breaks where a row is changed or removed', async () => {
    const exam = await room.schedule(hour)
    const attempt = await room.start(exam.examId, await student())
    await room.call('POST', `/api/attempts/${attempt.attemptId}/pause`, { as: teacher, body: { reason: 'toilet' } })
    await room.call('POST', `/api/attempts/${attempt.attemptId}/resume`, { as: teacher, body: {} })
    await submit(attempt)
    const { body } = await room.call<z.infer<typeof AuditPage>>('GET', `/api/exams/${exam.examId}/audit`, {
      as: teacher,
    })
    expect(body.items.map(({ action }) => action)).toEqual([
      'exam scheduled',
      'attempt started',
      'attempt paused',
      'attempt resumed',
      'attempt sealed',
    ])
    expect(body.brokenAt).toBeNull()
    await linkAudit(db, exam.examId, () => {})
    const rows = await db.select().from(auditLog).where(eq(auditLog.examId, exam.examId)).orderBy(asc(auditLog.number))
    const lines: string[] = []
    logAudit(createLogger({ service: 'exams' }, { write: (line) => void lines.push(line) }))(rows)
    const { attemptId } = attempt
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { msg: 'audited', attemptId, action: 'attempt paused', by: 'person' },
      { msg: 'audited', attemptId, action: 'attempt resumed', by: 'person' },
    ])
    expect(lines.join()).not.toContain('toilet')
    expect(findBrokenLink(rows.map((row) => (row.number === 3 ? { ...row, details: {} } : row)))).toBe(3)
    expect(findBrokenLink(rows.filter(({ number }) => number !== 2))).toBe(2)
  })
})

test('every route has a row in the policy table, and every row a route', () => {
  const routes = room.app.routes
    .map(({ method, path }) => `${method} ${path}`)
    .filter((name) => !name.includes('/health/'))
  const isMine = (path: string) =>
    /^\/(api|internal)\/(exams|overrides|attempts|snapshots|exams-events)(\/|$)/.test(path)
  const rows = policyTable.filter(({ path }) => isMine(path)).map(({ method, path }) => `${method} ${path}`)
  expect(routes.sort()).toEqual(rows.sort())
})
