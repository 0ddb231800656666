import type { Response } from '@hourglass/questions/response'
import { backOffMs } from './back-off'
import { isSameResponse } from './same-response'
import type { KeptReceipt, Operation, RoomStore } from './store'

/** The server's answer to a save, as far as the room uses it. */
export type Saved = {
  seq: number
  storedAt: string
  receipt: string
  isLate: boolean
  isStale: boolean
  stored?: { seq: number; response: Response; storedAt: string }
}

/** What became of one sending. `wait`: nobody knows, or not now: the same again. `refused`: never. */
export type Sent =
  | { kind: 'saved'; saved: Saved }
  | { kind: 'wait'; why: 'offline' | 'busy' | 'paused' | 'signed-out'; retryAfterSeconds: number | null }
  | { kind: 'refused'; why: string }

export type SenderEvents = {
  onSending: (operation: Operation) => void
  onStored: (operation: Operation, saved: Saved) => void
  /** A newer answer was there already, from another device. */
  onReplaced: (operation: Operation, stored: NonNullable<Saved['stored']>) => void
  onRefused: (operation: Operation, why: string) => void
  onWaiting: (why: Extract<Sent, { kind: 'wait' }>['why']) => void
}

export type Sender = {
  /** There may be something to send: after a key stroke has settled, or when the network came back. */
  wake: () => void
  /** Sends all that waits without waiting for typing to settle. Resolves when nothing is left or the network is gone. */
  flush: () => Promise<void>
  stop: () => void
}

/**
 * Sends what the store keeps, one after the other in the order of their numbers, until each has a final answer. An answer
 * that is still being typed waits until `isSettled` says so. After a failure it waits longer each time, and starts afresh
 * when it is woken.
 */
export function createSender(
  parts: {
    attemptId: string
    store: RoomStore
    send: (operation: Operation) => Promise<Sent>
    isSettled: (operation: Operation) => boolean
  },
  events: SenderEvents,
): Sender {
  const { attemptId, store, send, isSettled } = parts
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let turn: Promise<boolean> | null = null
  let isWoken = false
  let isStopped = false

  /** Sends what it can; answers whether nothing is left for now. */
  const run = async (isFlush: boolean): Promise<boolean> => {
    while (!isStopped) {
      const waiting = (await store.operations(attemptId)).filter(({ refusal }) => refusal === null)
      const next = waiting.find((operation) => isFlush || isSettled(operation))
      if (!next) return true
      const operation = await store.markSent(next.operationId)
      // Another tab finished it in the meantime.
      if (!operation) continue
      events.onSending(operation)
      const sent = await send(operation)
      if (sent.kind === 'wait') {
        failures++
        events.onWaiting(sent.why)
        schedule(backOffMs(failures, sent.retryAfterSeconds))
        return false
      }
      failures = 0
      await settle(operation, sent)
    }
    return true
  }

  const settle = async (operation: Operation, sent: Exclude<Sent, { kind: 'wait' }>): Promise<void> => {
    if (sent.kind === 'refused') {
      await store.refuse(operation.operationId, sent.why)
      events.onRefused(operation, sent.why)
      return
    }
    const { saved } = sent
    // Two devices may have given the same number: then the one that came first stands, and it need not be this one.
    const isNewerElsewhere =
      saved.isStale && saved.stored !== undefined && !isSameResponse(saved.stored.response, operation.response)
    await store.finish(operation, isNewerElsewhere ? null : toReceipt(operation, saved))
    if (isNewerElsewhere && saved.stored) events.onReplaced(operation, saved.stored)
    else events.onStored(operation, saved)
  }

  const schedule = (ms: number) => {
    clearTimeout(timer)
    if (!isStopped) timer = setTimeout(start, ms)
  }
  const start = (isFlush = false): Promise<boolean> => {
    clearTimeout(timer)
    isWoken = false
    turn ??= run(isFlush).finally(() => {
      turn = null
      if (isWoken) schedule(0)
    })
    return turn
  }
  return {
    wake: () => {
      failures = 0
      isWoken = true
      if (!turn) schedule(0)
    },
    flush: async () => {
      if (turn) await turn
      await start(true)
    },
    stop: () => {
      isStopped = true
      clearTimeout(timer)
    },
  }
}

const toReceipt = (operation: Operation, saved: Saved): KeptReceipt => ({
  attemptId: operation.attemptId,
  questionId: operation.questionId,
  seq: saved.seq,
  storedAt: saved.storedAt,
  receipt: saved.receipt,
  response: operation.response,
  isLate: saved.isLate,
})
