import type { Attempt } from '@hourglass/exams/model'
import type { PaperQuestion } from '@hourglass/questions/paper'
import type { Response } from '@hourglass/questions/response'
import { createSignal } from 'solid-js'
import { createKeyed, type Keyed } from '../../lib/keyed'
import { note } from '../../lib/telemetry/notes'
import { openRoom, type RoomEngine } from './engine/room-engine'
import type { AnswerPlace, Connection } from './engine/room-events'
import { isSameResponse } from './engine/same-response'
import type { Operation } from './engine/store'

/** What the page shows, each part of it a signal. */
export type RoomState = {
  answers: Keyed<Response>
  places: Keyed<AnswerPlace>
  /** What this page had when a newer answer came from elsewhere, until the student decides. */
  replaced: Keyed<Response>
  flags: Keyed<boolean>
  seen: Keyed<boolean>
  /** Whether what is kept here outlives the page. */
  readonly isKeptOnDisk: boolean
  readonly connection: Connection
  readonly deadline: string | null
  readonly pausedAt: string | null
  readonly ended: Attempt | null
  /** What the server never stored, told at the end. */
  readonly unsent: Operation[]
}

export type Room = Awaited<ReturnType<typeof enterRoom>>

/** The room as the page shows it: the engine's events as a store, and what a student can do. */
export async function enterRoom(attemptId: string) {
  const [answers, places, replaced] = [createKeyed<Response>(), createKeyed<AnswerPlace>(), createKeyed<Response>()]
  const [flags, seen] = [createKeyed<boolean>(), createKeyed<boolean>()]
  const [isKeptOnDisk, setKeptOnDisk] = createSignal(true)
  const [connection, setConnection] = createSignal<Connection>('ok')
  const [times, setTimes] = createSignal<{ deadline: string | null; pausedAt: string | null }>({
    deadline: null,
    pausedAt: null,
  })
  const [ended, setEnded] = createSignal<Attempt | null>(null)
  const [unsent, setUnsent] = createSignal<Operation[]>([])
  const state: RoomState = {
    ...{ answers, places, replaced, flags, seen },
    get isKeptOnDisk() {
      return isKeptOnDisk()
    },
    get connection() {
      return connection()
    },
    get deadline() {
      return times().deadline
    },
    get pausedAt() {
      return times().pausedAt
    },
    get ended() {
      return ended()
    },
    get unsent() {
      return unsent()
    },
  }
  let engine: RoomEngine | null = null
  engine = await openRoom(attemptId, {
    onPlace: async (questionId, place) => {
      places.set(questionId, place)
      note('place', questionId, place.kind)
      // A key that met the very end may be on its way when the attempt is over: what became of it is told as well.
      if (ended() && engine) setUnsent(await engine.unsent())
    },
    onReplaced: (questionId, response, mine) => {
      answers.set(questionId, response)
      if (mine && !isSameResponse(mine, response)) replaced.set(questionId, mine)
    },
    onConnection: setConnection,
    onDurability: setKeptOnDisk,
    onTimes: ({ deadline, pausedAt }) => setTimes({ deadline, pausedAt }),
    onEnd: async (attempt) => {
      setUnsent((await engine?.unsent()) ?? [])
      setEnded(attempt)
    },
  })
  const { attempt, kept } = engine
  const room = engine
  for (const { questionId, response } of attempt.answers) answers.set(questionId, response)
  // What this computer has and the server does not is newer than what the server has.
  for (const [questionId, response] of kept) answers.set(questionId, response)
  for (const questionId of attempt.flags) flags.set(questionId, true)
  for (const { questionId } of attempt.answers) places.set(questionId, room.placeOf(questionId))
  for (const questionId of kept.keys()) places.set(questionId, { kind: 'kept' })
  if (attempt.state !== 'open') {
    setUnsent(await room.unsent())
    setEnded(attempt)
  }

  const questions: PaperQuestion[] = attempt.paper?.sections.flatMap((section) => section.questions) ?? []
  return {
    state,
    attempt,
    questions,
    remainingMs: room.remainingMs,
    isStored: room.isStored,
    /** Answers that this page has and the server, as far as it has told us, has not. */
    unsentCount: () => questions.filter(({ id }) => isOnItsWay(places.get(id))).length,
    see: (questionId: string) => seen.set(questionId, true),
    answer: (questionId: string, response: Response, isSettled: boolean) => {
      answers.set(questionId, response)
      replaced.set(questionId, undefined)
      return room.answer(questionId, response, isSettled)
    },
    /** After a newer answer from elsewhere: mine again, or theirs for good. */
    decide: (questionId: string, isMine: boolean) => {
      const mine = replaced.get(questionId)
      replaced.set(questionId, undefined)
      if (!isMine || !mine) return
      answers.set(questionId, mine)
      room.answer(questionId, mine, true)
    },
    toggleFlag: (questionId: string) => {
      flags.set(questionId, !flags.get(questionId))
      const flagged = questions.map(({ id }) => id).filter((id) => flags.get(id))
      // A flag is a note to oneself: one that does not arrive is told by the next.
      room.setFlags(flagged).catch(() => undefined)
    },
    flush: room.flush,
    submit: room.submit,
    checkEnd: room.checkEnd,
    receipts: room.receipts,
    close: room.close,
  }
}

const isOnItsWay = (place: AnswerPlace | undefined): boolean => place?.kind === 'kept' || place?.kind === 'sending'
