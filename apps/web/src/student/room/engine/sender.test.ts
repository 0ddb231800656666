import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import type { Response } from '@hourglass/questions/response'
import { IDBFactory } from 'fake-indexeddb'
import { createSender, type Sender, type Sent } from './sender'
import { type Operation, openRoomStore, type RoomStore } from './store'

const text = (value: string): Response => ({ type: 'short-answer', text: value })
const attemptId = 'a1'
const waitForNetwork: Sent = { kind: 'wait', why: 'offline', retryAfterSeconds: null }

/** The exam room's rule in small: a newer number wins, the same operation is the same answer. */
function createExamRoom() {
  const stored = new Map<string, { seq: number; response: Response; operationId: string }>()
  const seen: string[] = []
  return {
    stored,
    seen,
    take({ questionId, seq, response, operationId }: Operation): Sent {
      seen.push(operationId)
      const current = stored.get(questionId)
      const isStale = current !== undefined && current.seq >= seq && current.operationId !== operationId
      if (!isStale) stored.set(questionId, { seq, response, operationId })
      const storedAt = '2026-11-23T10:00:00.000Z'
      const saved = { seq, storedAt, receipt: `r${seq}`, isLate: false, isStale }
      return { kind: 'saved', saved: isStale && current ? { ...saved, stored: { ...current, storedAt } } : saved }
    },
  }
}

let store: RoomStore
let sender: Sender
let room: ReturnType<typeof createExamRoom>
let answerOf: (operation: Operation) => Promise<Sent>
let log: string[]
beforeEach(async () => {
  store = await openRoomStore(new IDBFactory())
  room = createExamRoom()
  log = []
  answerOf = async (operation) => room.take(operation)
  sender = createSender(
    { attemptId, store, isSettled: () => true, send: (operation) => answerOf(operation) },
    {
      onSending: ({ questionId }) => log.push(`sending ${questionId}`),
      onStored: ({ questionId }) => log.push(`stored ${questionId}`),
      onReplaced: ({ questionId }) => log.push(`replaced ${questionId}`),
      onRefused: ({ questionId }) => log.push(`refused ${questionId}`),
      onWaiting: (why) => log.push(why),
    },
  )
})
afterEach(() => sender.stop())
const keep = (questionId: string, value: string) =>
  store.keep({ attemptId, questionId, response: text(value), above: 0, madeAt: null })

describe('sending', () => {
  test('answers go out in order, and only the server’s word says stored', async () => {
    await keep('q1', 'a')
    await keep('q2', 'b')
    await sender.flush()
    expect(log).toEqual(['sending q1', 'stored q1', 'sending q2', 'stored q2'])
    expect(await store.operations(attemptId)).toEqual([])
    expect((await store.receipts(attemptId)).map(({ receipt }) => receipt)).toEqual(['r1', 'r2'])
  })

  test('without a network everything stays and is sent in order on return', async () => {
    answerOf = async () => waitForNetwork
    await keep('q1', 'a')
    await keep('q2', 'b')
    await sender.flush()
    await keep('q1', 'abc')
    expect(log).toEqual(['sending q1', 'offline'])
    answerOf = async (operation) => room.take(operation)
    await sender.flush()
    expect(room.stored.get('q1')?.response).toEqual(text('abc'))
    expect(room.stored.get('q2')?.response).toEqual(text('b'))
    expect(await store.operations(attemptId)).toEqual([])
  })

  test('an answer whose acknowledgement was lost is sent again under the same id', async () => {
    let isLost = true
    answerOf = async (operation) => {
      const taken = room.take(operation)
      if (!isLost) return taken
      isLost = false
      return waitForNetwork
    }
    await keep('q1', 'a')
    await sender.flush()
    await sender.flush()
    expect(room.seen).toHaveLength(2)
    expect(new Set(room.seen).size).toBe(1)
    expect(log.at(-1)).toBe('stored q1')
  })

  test('a newer answer from another device is told, never written over', async () => {
    room.stored.set('q1', { seq: 90, response: text('from the phone'), operationId: 'phone' })
    await keep('q1', 'from the laptop')
    await sender.flush()
    expect(log).toEqual(['sending q1', 'replaced q1'])
    expect(room.stored.get('q1')?.response).toEqual(text('from the phone'))
    expect(await store.receipts(attemptId)).toEqual([])
  })

  test('two devices that gave the same number: the answer that did not come first is not called stored', async () => {
    room.stored.set('q1', { seq: 1, response: text('from the phone'), operationId: 'phone' })
    await keep('q1', 'from the laptop')
    await sender.flush()
    expect(log).toEqual(['sending q1', 'replaced q1'])
    expect(room.stored.get('q1')?.response).toEqual(text('from the phone'))
  })

  test('the same answer, given back with its members in another order, is not called somebody else’s', async () => {
    const mine: Response = { type: 'matching', pairs: { p10: 'a', p2: 'b' } }
    room.stored.set('q1', { seq: 9, response: { pairs: { p2: 'b', p10: 'a' }, type: 'matching' }, operationId: 'x' })
    await store.keep({ attemptId, questionId: 'q1', response: mine, above: 0, madeAt: null })
    await sender.flush()
    expect(log).toEqual(['sending q1', 'stored q1'])
  })

  test('what can never be taken is kept, and does not stop its neighbours', async () => {
    answerOf = async (operation) =>
      operation.questionId === 'q1' ? { kind: 'refused', why: 'The attempt had ended.' } : room.take(operation)
    await keep('q1', 'too late')
    await keep('q2', 'b')
    await sender.flush()
    expect(log).toEqual(['sending q1', 'refused q1', 'sending q2', 'stored q2'])
    expect(await store.operations(attemptId)).toMatchObject([{ refusal: 'The attempt had ended.' }])
  })

  test('a busy server is asked again by itself, without anybody’s doing', async () => {
    let isBusy = true
    answerOf = async (operation) => {
      if (!isBusy) return room.take(operation)
      isBusy = false
      return { kind: 'wait', why: 'busy', retryAfterSeconds: null }
    }
    await keep('q1', 'a')
    sender.wake()
    await Bun.sleep(1_200)
    expect(log).toEqual(['sending q1', 'busy', 'sending q1', 'stored q1'])
  })

  test('any order of typing, losing and returning ends with the last answer of every question stored', async () => {
    for (let seed = 1; seed <= 40; seed++) {
      let state = seed
      const random = () => {
        state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
        return state / 2_147_483_648
      }
      answerOf = async (operation) => {
        const luck = random()
        if (luck < 0.3) return waitForNetwork
        const taken = room.take(operation)
        return luck < 0.5 ? waitForNetwork : taken
      }
      const last = new Map<string, string>()
      for (let step = 0; step < 25; step++) {
        const questionId = `s${seed}q${Math.floor(random() * 4)}`
        last.set(questionId, `${step}`)
        await keep(questionId, `${step}`)
        if (random() < 0.5) await sender.flush()
      }
      answerOf = async (operation) => room.take(operation)
      await sender.flush()
      for (const [questionId, value] of last) expect(room.stored.get(questionId)?.response).toEqual(text(value))
      expect(await store.operations(attemptId)).toEqual([])
    }
  })
})
