import { afterEach, beforeEach, expect, test } from 'bun:test'
import type { Response } from '@hourglass/questions/response'
import { IDBFactory } from 'fake-indexeddb'
import { openSafeRoomStore } from './safe-store'
import { type Operation, openRoomStore, type RoomStore } from './store'

const attemptId = 'a1'
const text = (value: string): Response => ({ type: 'short-answer', text: value })
const input = (questionId: string, value: string) => ({
  ...{ attemptId, questionId, response: text(value), above: 0 },
  madeAt: '2026-11-23T10:00:00.000Z',
})
const receiptOf = ({ questionId, seq, response }: Operation) => ({
  ...{ attemptId, questionId, seq, response, receipt: 'r', isLate: false },
  storedAt: '2026-11-23T10:00:00.000Z',
})

/** How the browser's database fails. */
let failure: 'none' | 'refuses' | 'hangs'
let factory: IDBFactory
let told: boolean[]
let store: RoomStore

/** The real store over a database that can fail at any call. */
async function openFailing(): Promise<RoomStore> {
  const real = await fail(() => openRoomStore(factory))
  const handler: ProxyHandler<RoomStore> = {
    get: (target, name: keyof RoomStore) => {
      const member = target[name]
      if (typeof member !== 'function' || name === 'close') return member
      return (...args: unknown[]) => fail(() => Reflect.apply(member, target, args))
    },
  }
  return new Proxy(real, handler)
}
const fail = <T>(work: () => Promise<T>): Promise<T> => {
  if (failure === 'hangs') return new Promise(() => {})
  return failure === 'refuses' ? Promise.reject(new DOMException('full', 'QuotaExceededError')) : work()
}
const openSafe = () =>
  openSafeRoomStore({ open: openFailing, onDurability: (isDurable) => told.push(isDurable), answerMs: 40, retryMs: 30 })
const textsOf = (operations: readonly Operation[]) => operations.map(({ seq, response }) => [seq, response])
const inDatabase = async () => {
  const plain = await openRoomStore(factory)
  const operations = await plain.operations(attemptId)
  plain.close()
  return operations
}

beforeEach(async () => {
  failure = 'none'
  factory = new IDBFactory()
  told = []
  store = await openSafe()
})
afterEach(() => store.close())

test.each(['refuses', 'hangs'] as const)(
  'a database that %s in the middle loses nothing that was typed',
  async (how) => {
    const first = await store.keep(input('q1', 'before'))
    failure = how
    const second = await store.keep(input('q2', 'after'))
    expect(second.seq).toBe(first.seq + 1)
    expect(textsOf(await store.operations(attemptId))).toEqual([
      [1, text('before')],
      [2, text('after')],
    ])
    expect([store.isDurable, told]).toEqual([false, [false]])
  },
)

test('once the database works again it has all that waits, and nothing that was finished meanwhile', async () => {
  const first = await store.keep(input('q1', 'before'))
  await store.keepSeat(attemptId, 'seat')
  failure = 'refuses'
  const second = await store.keep(input('q2', 'after'))
  await store.markSent(second.operationId)
  await store.finish(first, receiptOf(first))
  failure = 'none'
  await Bun.sleep(150)
  expect(told).toEqual([false, true])
  expect(await inDatabase()).toEqual([{ ...second, wasSent: true }])
  expect(await store.receipts(attemptId)).toEqual([receiptOf(first)])
  expect((await store.keep(input('q3', 'next'))).seq).toBe(3)
})

test('where there is no database the page keeps it, says so, and goes on trying', async () => {
  failure = 'refuses'
  const late = await openSafe()
  expect(late.isDurable).toBe(false)
  const kept = await late.keep(input('q1', 'a'))
  failure = 'none'
  await Bun.sleep(100)
  expect(late.isDurable).toBe(true)
  expect(await inDatabase()).toEqual([kept])
  late.close()
})

test('what another tab finished is not sent again by memory', async () => {
  const kept = await store.keep(input('q1', 'a'))
  const otherTab = await openRoomStore(factory)
  await otherTab.finish(kept, receiptOf(kept))
  otherTab.close()
  expect(await store.operations(attemptId)).toEqual([])
  failure = 'refuses'
  expect(await store.operations(attemptId)).toEqual([])
})
