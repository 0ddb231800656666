import type { Attempt, Seal } from '@hourglass/exams/model'
import { isApiError } from '../../../lib/api-error'
import { accept, fetchOnce } from '../../../lib/request'
import { accessToken, refreshSession } from '../../../lib/session'
import { note } from '../../../lib/telemetry/notes'
import type { Saved, Sent } from './sender'
import type { Operation } from './store'

/** Every stored save of the attempt with its receipt, also those that were made on another device. */
export type ServerReceipts = {
  attemptId: string
  items: { questionId: string; seq: number; answerHash: string; storedAt: string; receipt: string }[]
}
type Times = { serverTime: string; deadline: string | null; pausedAt: string | null }
export type AttemptApi = ReturnType<typeof createAttemptApi>

/**
 * The attempt's routes. They are opened by the seat token, so that nothing of a running exam waits for the sign-in; without
 * one, by the session.
 */
export function createAttemptApi(
  attemptId: string,
  seat: () => string | null,
  onTimes: (times: Times, sentAt: number, receivedAt: number) => void,
) {
  const path = `/api/attempts/${attemptId}`
  const authorization = async (): Promise<Record<string, string>> => {
    const token = seat()
    if (token !== null) return { authorization: `Seat ${token}` }
    const access = accessToken() ?? (await refreshSession())
    return access === null ? {} : { authorization: `Bearer ${access}` }
  }
  const ask = async <T extends Partial<Times>>(method: string, address: string, body?: unknown): Promise<T> => {
    const headers = await authorization()
    const sentAt = performance.now()
    const response = await accept(
      await fetchOnce(method, address, {
        headers,
        keepalive: method === 'PUT',
        ...(body === undefined ? {} : { body }),
      }),
    )
    const receivedAt = performance.now()
    // What the route promises; the server's response schema holds it.
    const answer = (await response.json()) as T
    const { serverTime, deadline, pausedAt } = answer
    if (serverTime !== undefined && deadline !== undefined && pausedAt !== undefined) {
      onTimes({ serverTime, deadline, pausedAt }, sentAt, receivedAt)
    }
    return answer
  }
  /** By the session even if there is a seat: a seat that has run out cannot ask for the next one. */
  const readSignedIn = async (): Promise<Attempt> => {
    const access = accessToken() ?? (await refreshSession())
    const sentAt = performance.now()
    const attempt: Attempt = await (await accept(await fetchOnce('GET', path, {}, access))).json()
    onTimes(attempt, sentAt, performance.now())
    return attempt
  }
  return {
    read: async (): Promise<Attempt> => {
      try {
        return seat() === null ? await readSignedIn() : await ask<Attempt>('GET', path)
      } catch (error) {
        if (isApiError(error) && error.status === 401 && seat() !== null) return readSignedIn()
        throw error
      }
    },
    save: async ({ questionId, operationId, seq, response, madeAt }: Operation): Promise<Sent> => {
      try {
        const body = { operationId, seq, response, ...(madeAt === null ? {} : { sentAt: madeAt }) }
        const saved = await ask<Saved & Times>('PUT', `${path}/answers/${encodeURIComponent(questionId)}`, body)
        return { kind: 'saved', saved }
      } catch (error) {
        return judgeFailure(error)
      }
    },
    setFlags: (questionIds: readonly string[]) => ask('PUT', `${path}/flags`, { questionIds }),
    submit: () => ask<Seal & Partial<Times>>('POST', `${path}/submit`),
    receipts: () => ask<ServerReceipts & Partial<Times>>('GET', `${path}/receipts`),
    stream: async (signal: AbortSignal): Promise<Response> =>
      fetch(`${path}/stream`, { headers: { accept: 'text/event-stream', ...(await authorization()) }, signal }),
  }
}

/** Only what can never become right is given up; everything else is sent again. */
function judgeFailure(error: unknown): Sent {
  if (!isApiError(error)) return { kind: 'wait', why: 'offline', retryAfterSeconds: null }
  const { status, kind, message, retryAfterSeconds } = error
  note('failed-save', kind, status)
  if (kind === 'paused') return { kind: 'wait', why: 'paused', retryAfterSeconds: 2 }
  if (status === 401) return { kind: 'wait', why: 'signed-out', retryAfterSeconds: null }
  if (status === 0) return { kind: 'wait', why: 'offline', retryAfterSeconds: null }
  if (status === 408 || status === 425 || status === 429 || status >= 500) {
    return { kind: 'wait', why: 'busy', retryAfterSeconds }
  }
  return { kind: 'refused', why: message }
}
