import { beforeEach, describe, expect, test } from 'bun:test'
import type { Response } from '@hourglass/questions/response'
import { IDBFactory } from 'fake-indexeddb'
import { keepForgotten } from './forgotten'
import { createMemoryRoomStore } from './memory-store'
import { openRoomStore, type RoomStore } from './store'

const text = (value: string): Response => ({ type: 'short-answer', text: value })
const attemptId = 'a1'
const receiptOf = (questionId: string, seq: number) => ({
  ...{ attemptId, questionId, seq, receipt: 'r', isLate: false },
  storedAt: '2026-11-23T10:00:00.000Z',
  response: text('x'),
})

let factory: IDBFactory
const stores: [string, () => Promise<RoomStore>][] = [
  ['the browser’s database', () => openRoomStore(factory)],
  ['memory', async () => createMemoryRoomStore()],
]

describe.each(stores)('kept in %s', (_, open) => {
  let store: RoomStore
  beforeEach(async () => {
    factory = new IDBFactory()
    store = await open()
  })
  const keep = (questionId: string, value: string, above = 0) =>
    store.keep({ attemptId, questionId, response: text(value), above, madeAt: '2026-11-23T10:00:00.000Z' })

  test('numbers rise over all questions, and above what the server knows', async () => {
    expect((await keep('q1', 'a')).seq).toBe(1)
    expect((await keep('q2', 'b', 40)).seq).toBe(41)
    expect((await keep('q1', 'c', 3)).seq).toBe(42)
  })

  test('signing out takes the seats and leaves what was typed, and its numbers', async () => {
    await store.keepSeat(attemptId, 'seat')
    await keep('q1', 'a', 7)
    expect(await store.seat(attemptId)).toBe('seat')
    await store.forgetSeats()
    expect(await store.seat(attemptId)).toBeNull()
    expect(await store.operations(attemptId)).toHaveLength(1)
    expect((await keep('q2', 'b')).seq).toBe(9)
  })

  test('a newer answer takes the place of one that was never sent', async () => {
    await keep('q1', 'a')
    await keep('q1', 'ab')
    expect((await store.operations(attemptId)).map(({ response }) => response)).toEqual([text('ab')])
  })

  test('an operation that the server may have seen stays as it is, and the newer one waits behind it', async () => {
    const first = await keep('q1', 'a')
    await store.markSent(first.operationId)
    await keep('q1', 'ab')
    const [sent, next] = await store.operations(attemptId)
    expect(sent).toMatchObject({ operationId: first.operationId, wasSent: true, response: text('a') })
    expect(next).toMatchObject({ wasSent: false, response: text('ab') })
  })

  test('when it was made does not change by sending it, however often', async () => {
    const { operationId } = await keep('q1', 'a')
    await store.markSent(operationId)
    await store.markSent(operationId)
    expect((await store.operations(attemptId))[0]?.madeAt).toBe('2026-11-23T10:00:00.000Z')
  })

  test('what is finished goes with everything that it replaced, and its receipt stays', async () => {
    const first = await keep('q1', 'a')
    await store.markSent(first.operationId)
    const second = await keep('q1', 'ab')
    await keep('q2', 'other')
    await store.finish(second, receiptOf('q1', second.seq))
    expect((await store.operations(attemptId)).map(({ questionId }) => questionId)).toEqual(['q2'])
    expect(await store.receipts(attemptId)).toMatchObject([{ questionId: 'q1', seq: 2 }])
  })

  test('what the server acknowledged and forgot is kept anew, once, and what it has is not', async () => {
    for (const questionId of ['q1', 'q1', 'q2']) {
      const operation = await keep(questionId, 'x')
      await store.finish(operation, receiptOf(questionId, operation.seq))
    }
    const held = [{ questionId: 'q2', seq: 3 }]
    expect(await keepForgotten(store, attemptId, held)).toEqual(['q1'])
    expect(await store.operations(attemptId)).toMatchObject([
      { questionId: 'q1', seq: 2, wasSent: false, madeAt: '2026-11-23T10:00:00.000Z', response: text('x') },
    ])
    expect(await keepForgotten(store, attemptId, held)).toEqual([])
    expect((await keep('q1', 'y')).seq).toBeGreaterThan(3)
  })

  test('what was refused stays, and nothing typed later pushes it out', async () => {
    const first = await keep('q1', 'the whole essay')
    await store.refuse(first.operationId, 'The attempt had ended.')
    await keep('q1', 'x')
    expect((await store.operations(attemptId)).map(({ refusal }) => refusal)).toEqual(['The attempt had ended.', null])
  })
})

test('a new page, as after a crash, finds what the one before had kept', async () => {
  factory = new IDBFactory()
  const before = await openRoomStore(factory)
  await before.keep({ attemptId, questionId: 'q1', response: text('typed before the crash'), above: 0, madeAt: null })
  await before.keepSeat(attemptId, 'seat')
  const after = await openRoomStore(factory)
  expect(await after.operations(attemptId)).toMatchObject([{ response: text('typed before the crash') }])
  expect(await after.seat(attemptId)).toBe('seat')
})

test('two tabs never give one number twice', async () => {
  factory = new IDBFactory()
  const tabs = [await openRoomStore(factory), await openRoomStore(factory)]
  const kept = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      tabs[n % 2]?.keep({ attemptId, questionId: `q${n}`, response: text(String(n)), above: 0, madeAt: null }),
    ),
  )
  expect(new Set(kept.map((operation) => operation?.seq)).size).toBe(20)
})
