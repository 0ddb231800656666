import { expect, test } from 'bun:test'
import type { Save, SaveOutcome, StoreAnswers } from './store/outcome'
import { createAnswerWriter } from './writer'

const save = (attemptId: string, questionId = 'q1', seq = 1): Save => ({
  attemptId,
  questionId,
  operationId: Bun.randomUUIDv7(),
  seq,
  response: '{}',
  isBlank: false,
  answerHash: '',
  sentAt: null,
})
const missing: SaveOutcome = { kind: 'missing' }
const all: StoreAnswers = async (saves) => saves.map(() => missing)
const fault = (code: string) => Object.assign(new Error('refused'), { code })

test('what arrives while a batch is in flight is the next batch, without a timer', async () => {
  const sizes: number[] = []
  const storeBatch: StoreAnswers = async (saves) => {
    sizes.push(saves.length)
    await Bun.sleep(5)
    return all(saves)
  }
  const writer = createAnswerWriter({ storeBatch, storeWaiting: all })
  await Promise.all(Array.from({ length: 50 }, (_, index) => writer.write(save(`a${index}`))))
  expect(sizes).toEqual([1, 49])
})

test('two saves for one question go in two batches, in the order of their arrival', async () => {
  const batches: number[][] = []
  const storeBatch: StoreAnswers = async (saves) => {
    batches.push(saves.map(({ seq }) => seq))
    return all(saves)
  }
  const writer = createAnswerWriter({ storeBatch, storeWaiting: all })
  await Promise.all([1, 2, 3].map((seq) => writer.write(save('a', 'q1', seq))))
  expect(batches).toEqual([[1], [2], [3]])
})

test('one bad row does not fail its neighbours', async () => {
  const storeBatch: StoreAnswers = async (saves) => {
    if (saves.some(({ attemptId }) => attemptId === 'bad')) throw fault('22P02')
    return all(saves)
  }
  const writer = createAnswerWriter({ storeBatch, storeWaiting: all })
  const outcomes = await Promise.allSettled(['a', 'b', 'bad', 'c', 'd', 'e'].map((id) => writer.write(save(id))))
  expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual([true, true, false, true, true, true])
})

test('a connection that fails fails its batch once, and the next batch goes on', async () => {
  let calls = 0
  const storeBatch: StoreAnswers = async (saves) => {
    calls++
    if (calls <= 2) throw fault('CONNECTION_CLOSED')
    return all(saves)
  }
  const writer = createAnswerWriter({ storeBatch, storeWaiting: all })
  const outcomes = await Promise.allSettled(['a', 'b', 'c'].map((id) => writer.write(save(id))))
  expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true)
  expect(calls).toBe(2)
  expect(await writer.write(save('d'))).toEqual(missing)
})

test('a full queue refuses at once and loses nobody who waits', async () => {
  const gate = Promise.withResolvers<void>()
  const storeBatch: StoreAnswers = async (saves) => {
    await gate.promise
    return all(saves)
  }
  const writer = createAnswerWriter({ storeBatch, storeWaiting: all, maxWaiting: 2 })
  const accepted = ['a', 'b', 'c'].map((id) => writer.write(save(id)))
  await expect(writer.write(save('d'))).rejects.toMatchObject({ status: 503, retryAfterSeconds: 1 })
  gate.resolve()
  expect(await Promise.all(accepted)).toHaveLength(3)
})
