import { afterAll, expect, test } from 'bun:test'
import { asc, eq, inArray } from 'drizzle-orm'
import { openRoom } from '../../fixtures/room'
import { findBrokenLink, linkAudit } from '../audit/chain'
import type { Attempt, Seal } from '../model'
import { answerLog, attempts, auditLog, events, snapshots } from '../schema'
import { createSubmit } from './submit'

const room = await openRoom()
afterAll(() => room.close())
const { db } = room
const submit = (attempt: Attempt) =>
  room.call<Seal & { kind?: string }>('POST', `/api/attempts/${attempt.attemptId}/submit`, {
    as: `Seat ${attempt.seatToken}`,
  })
const classOf = async (count: number, settings: object = { limitSeconds: 3_600 }) => {
  const { examId } = await room.schedule(settings)
  const sitting = Array.from({ length: count }, async () => {
    const who = await room.addStudent()
    return { who, attempt: await room.start(examId, who) }
  })
  return { examId, seats: await Promise.all(sitting) }
}

test('a class that submits in the same second has each its own end, snapshot, event and line of the audit trail', async () => {
  const { examId, seats } = await classOf(40)
  const ids = seats.map(({ attempt }) => attempt.attemptId)
  await Promise.all(seats.slice(0, 20).map(({ attempt }) => room.saveText(attempt, 1, attempt.attemptId)))
  // One answer of the last lies ahead: that one's end must not lie before it, and nobody else's is moved.
  const storedAt = new Date(Date.now() + 60_000)
  await db
    .update(answerLog)
    .set({ storedAt })
    .where(eq(answerLog.attemptId, ids[0] ?? ''))
  const twice = await Promise.all([...seats, ...seats].map(({ attempt }) => submit(attempt)))
  for (const [index, { status, body }] of twice.entries()) {
    expect(status).toBe(200)
    expect(body).toEqual(twice[index % 40]?.body ?? body)
    expect(body).toMatchObject({ attemptId: ids[index % 40] ?? '', state: 'sealed', cause: 'submitted' })
    expect(body.answeredCount).toBe(index % 40 < 20 ? 1 : 0)
  }
  const ends = twice.slice(0, 40).map(({ body }) => body.sealedAt)
  expect(ends[0]).toBe(storedAt.toISOString())
  expect(ends.slice(1).every((end) => Date.parse(end ?? '') < storedAt.getTime() - 30_000)).toBe(true)

  const taken = await db.select().from(snapshots).where(inArray(snapshots.attemptId, ids))
  expect(new Map(taken.map(({ attemptId, digest }) => [attemptId, digest]))).toEqual(
    new Map(twice.slice(0, 40).map(({ body }) => [body.attemptId, body.snapshotDigest ?? ''])),
  )
  const told = await db.select().from(events.outbox).where(eq(events.outbox.name, 'attempt.sealed'))
  const abouts = told.map(({ data }) => Reflect.get(Object(data), 'attemptId'))
  expect(abouts.filter((id) => ids.includes(id)).toSorted()).toEqual(ids.toSorted())

  await linkAudit(db, examId, () => {})
  const rows = await db.select().from(auditLog).where(eq(auditLog.examId, examId)).orderBy(asc(auditLog.number))
  expect(findBrokenLink(rows)).toBeNull()
  const sealed = rows.filter(({ action }) => action === 'attempt sealed')
  expect(new Map(sealed.map(({ attemptId, actorId }) => [attemptId, actorId]))).toEqual(
    new Map(seats.map(({ who, attempt }) => [attempt.attemptId, who.personId])),
  )
})

test('those whose time was over end at their deadline, beside others that submit on time', async () => {
  const { seats } = await classOf(6)
  for (const { attempt } of seats.slice(0, 3)) await room.age(attempt.attemptId, 3_700)
  const bodies = (await Promise.all(seats.map(({ attempt }) => submit(attempt)))).map(({ body }) => body)
  expect(bodies.map(({ cause }) => cause)).toEqual([...Array(3).fill('deadline'), ...Array(3).fill('submitted')])
  for (const { attemptId, sealedAt } of bodies.slice(0, 3)) {
    expect(sealedAt).toBe((await room.rowOf(attemptId)).deadline?.toISOString() ?? null)
  }
})

test('an attempt that somebody else holds waits alone', async () => {
  const { seats } = await classOf(5)
  const [held, ...others] = seats.map(({ attempt }) => attempt)
  if (!held) throw new Error('nobody sits')
  const order: string[] = []
  const submits = await db.transaction(async (tx) => {
    await tx.select().from(attempts).where(eq(attempts.id, held.attemptId)).for('update')
    const waiting = submit(held).then((answer) => {
      order.push('held')
      return answer
    })
    await Promise.all(others.map(submit))
    order.push('others')
    return [waiting]
  })
  const [answer] = await Promise.all(submits)
  expect(order).toEqual(['others', 'held'])
  expect(answer?.body).toMatchObject({ state: 'sealed', cause: 'submitted' })
})

test('one that is not there fails alone', async () => {
  const { seats } = await classOf(2)
  const submitOf = createSubmit(db)
  const ids = [...seats.map(({ attempt }) => attempt.attemptId), Bun.randomUUIDv7()]
  const outcomes = await Promise.allSettled(ids.map(submitOf))
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected'])
})
