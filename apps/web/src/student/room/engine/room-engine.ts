import type { Response } from '@hourglass/questions/response'
import { person } from '../../../lib/session'
import { claimsOf } from '../../../lib/token-claims'
import { type AttemptApi, createAttemptApi } from './attempt-api'
import { backOffMs } from './back-off'
import { createServerClock, remainingMs } from './clock'
import { keepForgotten } from './forgotten'
import { createPlaces } from './places'
import type { AnswerPlace, RoomEvents } from './room-events'
import { openSafeRoomStore } from './safe-store'
import { createSender, type Sent } from './sender'
import { type KeptReceipt, type Operation, openRoomStore, type RoomStore } from './store'
import { type AttemptWord, listenToAttempt } from './stream'
import { openTabs, type TabWord } from './tabs'
import { watchPage } from './watch-page'

/** Typing has settled when this long nothing changed: the answer is on its way within a second of the last key. */
const settleMs = 700
/** When saves go again after a failure, all rooms look within this time whether the server still has what it had. */
const lookBackMs = 5_000
/** When streams break, as all do when the database starts anew, all rooms read their attempts within this time. */
const breakMs = 1_000

export type RoomEngine = Awaited<ReturnType<typeof openRoom>>

/** Enters an attempt: reads it, takes up what this browser had kept of it, and keeps the two sides in step from then on. */
export async function openRoom(attemptId: string, events: RoomEvents) {
  const store = await openSafeRoomStore({ open: openRoomStore, onDurability: events.onDurability })
  events.onDurability(store.isDurable)
  const clock = createServerClock()
  const keptSeat = await store.seat(attemptId)
  const who = person()
  // On a shared computer a seat may be somebody else's.
  let seat = keptSeat !== null && (who === null || claimsOf(keptSeat).sub === who.id) ? keptSeat : null
  let times: { deadline: string | null; pausedAt: string | null } = { deadline: null, pausedAt: null }
  const takeTimes = (next: typeof times & { serverTime: string }, sentAt: number, receivedAt: number) => {
    clock.note(next.serverTime, sentAt, receivedAt)
    times = { deadline: next.deadline, pausedAt: next.pausedAt }
    events.onTimes(times)
  }
  const api = createAttemptApi(attemptId, () => seat, takeTimes)
  let attempt = await api.read()
  const takeSeat = async (token: string | null) => {
    if (token === null || token === seat) return
    seat = token
    await store.keepSeat(attemptId, token)
  }
  await takeSeat(attempt.seatToken)

  let highestSeq = attempt.lastSeq
  let hasFailed = false
  let isClosed = false
  const settledAt = new Map<string, number>()
  const tabs = openTabs(attemptId, (word) => hear(word))
  const sender = createSender(
    {
      ...{ attemptId, store },
      isSettled: ({ questionId }) => performance.now() >= (settledAt.get(questionId) ?? 0),
      send: (operation) => tabs.alone(() => save(operation)),
    },
    {
      onSending: ({ questionId }) => events.onPlace(questionId, { kind: 'sending' }),
      onStored: ({ questionId, seq }, saved) => {
        events.onConnection('ok')
        if (hasFailed) setTimeout(readInstead, Math.random() * lookBackMs)
        hasFailed = false
        highestSeq = Math.max(highestSeq, seq)
        places.tell(questionId)
        tabs.tell({ kind: 'stored', questionId, storedAt: saved.storedAt })
      },
      onReplaced: ({ questionId, response }, stored) => {
        events.onConnection('ok')
        highestSeq = Math.max(highestSeq, stored.seq)
        places.noteStored(questionId, { at: stored.storedAt, isLate: false })
        places.tell(questionId)
        events.onReplaced(questionId, stored.response, response)
      },
      onRefused: ({ questionId }) => places.tell(questionId),
      onWaiting: async (why) => {
        hasFailed = true
        events.onConnection(why)
        for (const { questionId } of await store.operations(attemptId)) places.tell(questionId)
        if (why === 'signed-out') seat = null
      },
    },
  )
  const save = async (operation: Operation): Promise<Sent> => {
    const sent = await api.save(operation)
    if (sent.kind === 'saved') {
      places.noteStored(operation.questionId, { at: sent.saved.storedAt, isLate: sent.saved.isLate })
    }
    return sent
  }

  const places = createPlaces({ attemptId, store, stored: attempt.answers, onPlace: events.onPlace })
  const hear = async (word: TabWord) => {
    if (word.kind === 'kept') events.onReplaced(word.questionId, word.response, null)
    else places.noteStored(word.questionId, { at: word.storedAt, isLate: false })
    await places.tell(word.questionId)
  }

  const end = async () => {
    attempt = await api.read()
    if (attempt.state === 'open') return
    stream.stop()
    events.onEnd(attempt)
  }
  const takeWord = async (word: AttemptWord) => {
    clock.noteUnasked(word.serverTime, performance.now())
    times = { deadline: word.deadline, pausedAt: word.pausedAt }
    events.onTimes({ ...times, submitUntil: word.submitUntil })
    await takeSeat(word.seatToken)
    if (word.event === 'resumed') sender.wake()
    if (word.state !== 'open') {
      await sender.flush()
      await end()
    }
  }
  const stream = listenToAttempt(api.stream, {
    onWord: takeWord,
    onOpen: () => sender.wake(),
    onBreak: () => readSoon(Math.random() * breakMs),
  })
  const recover = async ({ answers }: typeof attempt) => {
    for (const questionId of await keepForgotten(store, attemptId, answers)) places.tell(questionId)
    sender.wake()
  }
  let failedReads = 0
  let nextRead: ReturnType<typeof setTimeout> | undefined
  const readSoon = (ms: number) => {
    clearTimeout(nextRead)
    if (!isClosed) nextRead = setTimeout(readInstead, ms)
  }
  /**
   * While the stream is broken the attempt is asked for instead, so that an extension is still heard of; and until there is an
   * answer, also once the stream is back: only that tells whether the server still has what it had.
   */
  const readInstead = async () => {
    try {
      const read = await api.read()
      failedReads = 0
      await takeSeat(read.seatToken)
      events.onConnection('ok')
      if (read.state !== 'open') await end()
      else await recover(read)
    } catch {
      events.onConnection('offline')
      readSoon(backOffMs(++failedReads))
    }
  }

  const comeBack = () => {
    // The computer may have slept: its monotonic clock need not have counted the hours.
    clock.distrust()
    stream.reconnect()
    readInstead()
    sender.wake()
  }
  const stopWatching = watchPage({ onBack: comeBack, onLeave: () => void sender.flush() })

  if (attempt.state === 'open') await keepForgotten(store, attemptId, attempt.answers)
  const waiting = await store.operations(attemptId)
  const kept = new Map(
    waiting.filter(({ refusal }) => refusal === null).map((each) => [each.questionId, each.response]),
  )
  for (const { questionId } of waiting) await places.tell(questionId)
  if (attempt.state === 'open') sender.wake()
  else {
    stream.stop()
    if (waiting.length > 0) sender.wake()
  }

  return {
    attempt,
    /** Answers that this browser has and the server may not. */
    kept: kept as ReadonlyMap<string, Response>,
    remainingMs: () => remainingMs(times, clock.now()),
    now: clock.now,
    isStored: places.isStored,
    placeOf: (questionId: string): AnswerPlace => places.placeOf(questionId, kept.has(questionId)),
    /** Keeps an answer on this computer at once, and sends it when typing has settled. */
    answer: async (questionId: string, response: Response, isSettled: boolean) => {
      const now = clock.now()
      const left = remainingMs(times, now)
      // Near the end nothing waits for typing to settle.
      const waitMs = isSettled || (left !== null && left < 5_000) ? 0 : settleMs
      settledAt.set(questionId, performance.now() + waitMs)
      const madeAt = now === null ? null : new Date(now).toISOString()
      const operation = await store.keep({ attemptId, questionId, response, above: highestSeq, madeAt })
      highestSeq = Math.max(highestSeq, operation.seq)
      events.onPlace(questionId, { kind: 'kept' })
      tabs.tell({ kind: 'kept', questionId, response })
      setTimeout(() => sender.wake(), waitMs === 0 ? 0 : waitMs + 5)
    },
    flush: sender.flush,
    setFlags: (questionIds: readonly string[]) => api.setFlags(questionIds),
    /**
     * Sends everything, also what the server has forgotten, then ends the attempt. Throws `ApiError` when the server could not be
     * reached: it goes on then.
     */
    submit: async () => {
      await sender.flush()
      await recover(await api.read())
      await sender.flush()
      await api.submit()
      await end()
    },
    /** The clock says that time is up; the server is asked, for it may have given more. */
    checkEnd: async () => {
      await sender.flush()
      await end().catch(() => undefined)
    },
    unsent: async () => (await store.operations(attemptId)).filter(({ attemptId: id }) => id === attemptId),
    receipts: (): Promise<KeptReceipt[]> => store.receipts(attemptId),
    close: () => {
      isClosed = true
      stopWatching()
      sender.flush().finally(() => {
        sender.stop()
        stream.stop()
        tabs.close()
        store.close()
      })
    },
  }
}

export type { AttemptApi, RoomStore }
