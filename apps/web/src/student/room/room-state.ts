import type { Attempt } from '@hourglass/exams/model'
import type { PaperQuestion } from '@hourglass/questions/paper'
import type { Response } from '@hourglass/questions/response'
import { createStore } from 'solid-js/store'
import { type AnswerPlace, type Connection, openRoom, type RoomEngine } from './engine/room-engine'
import { isSameResponse } from './engine/same-response'
import type { Operation } from './engine/store'

export type RoomState = {
  answers: Record<string, Response | undefined>
  places: Record<string, AnswerPlace | undefined>
  /** What this page had when a newer answer came from elsewhere, until the student decides. */
  replaced: Record<string, Response | undefined>
  flags: Record<string, boolean | undefined>
  seen: Record<string, boolean | undefined>
  connection: Connection
  deadline: string | null
  pausedAt: string | null
  ended: Attempt | null
  /** What the server never stored, told at the end. */
  unsent: Operation[]
}

export type Room = Awaited<ReturnType<typeof enterRoom>>

/** The room as the page shows it: the engine's events as a store, and what a student can do. */
export async function enterRoom(attemptId: string) {
  const [state, setState] = createStore<RoomState>({
    ...{ answers: {}, places: {}, replaced: {}, flags: {}, seen: {} },
    ...{ connection: 'ok', deadline: null, pausedAt: null, ended: null, unsent: [] },
  })
  let engine: RoomEngine | null = null
  engine = await openRoom(attemptId, {
    onPlace: async (questionId, place) => {
      setState('places', questionId, place)
      // A key that met the very end may be on its way when the attempt is over: what became of it is told as well.
      if (state.ended && engine) setState({ unsent: await engine.unsent() })
    },
    onReplaced: (questionId, response, mine) => {
      setState('answers', questionId, response)
      if (mine && !isSameResponse(mine, response)) setState('replaced', questionId, mine)
    },
    onConnection: (connection) => setState('connection', connection),
    onTimes: ({ deadline, pausedAt }) => setState({ deadline, pausedAt }),
    onEnd: async (attempt) => {
      const unsent = (await engine?.unsent()) ?? []
      setState({ ended: attempt, unsent })
    },
  })
  const { attempt, kept } = engine
  const room = engine
  for (const { questionId, response } of attempt.answers) setState('answers', questionId, response)
  // What this computer has and the server does not is newer than what the server has.
  for (const [questionId, response] of kept) setState('answers', questionId, response)
  for (const questionId of attempt.flags) setState('flags', questionId, true)
  for (const { questionId } of attempt.answers) setState('places', questionId, room.placeOf(questionId))
  for (const questionId of kept.keys()) setState('places', questionId, { kind: 'kept' })
  if (attempt.state !== 'open') setState({ ended: attempt, unsent: await room.unsent() })

  const questions: PaperQuestion[] = attempt.paper?.sections.flatMap((section) => section.questions) ?? []
  return {
    state,
    attempt,
    questions,
    isKeptOnDisk: room.isKeptOnDisk,
    remainingMs: room.remainingMs,
    isStored: room.isStored,
    see: (questionId: string) => setState('seen', questionId, true),
    answer: (questionId: string, response: Response, isSettled: boolean) => {
      const plain = plainOf(response)
      setState('answers', questionId, plain)
      setState('replaced', questionId, undefined)
      return room.answer(questionId, plain, isSettled)
    },
    /** After a newer answer from elsewhere: mine again, or theirs for good. */
    decide: (questionId: string, isMine: boolean) => {
      const mine = state.replaced[questionId]
      setState('replaced', questionId, undefined)
      if (!isMine || !mine) return
      setState('answers', questionId, mine)
      room.answer(questionId, plainOf(mine), true)
    },
    toggleFlag: (questionId: string) => {
      setState('flags', questionId, !state.flags[questionId])
      const flagged = questions.map(({ id }) => id).filter((id) => state.flags[id])
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

/** A copy without the store's proxies, which the browser's database cannot keep. A response is JSON by its schema. */
const plainOf = (response: Response): Response => JSON.parse(JSON.stringify(response))
