import { createSignal } from 'solid-js'
import { accept, fetchOnce } from './request'
import { claimsOf } from './token-claims'

export type Role = 'student' | 'teacher' | 'admin'
export type Person = { id: string; name: string; email: string; role: Role }
type Session = { accessToken: string; expiresAt: string; person: Person }

/** `unknown` until the cookie was tried; `expired` when a session ended by itself. */
export type SessionState = 'unknown' | 'signed-in' | 'signed-out' | 'expired'

// The token lives in memory alone: no script of another page, and no later visitor, can read it from storage.
let token: string | null = null
let staleAtMs = 0
let refreshing: Promise<string | null> | null = null

const [person, setPerson] = createSignal<Person | null>(null)
const [sessionState, setSessionState] = createSignal<SessionState>('unknown')

export { person, sessionState }

/** The access token while it is good for at least half a minute more. */
export const accessToken = (): string | null => (token !== null && performance.now() < staleAtMs ? token : null)

/** Throws `ApiError`; status 401 when address and password do not belong together. */
export async function signIn(email: string, password: string): Promise<void> {
  // As long as the queue of a class that signs in at once: the gateway says when it is too long.
  const response = await accept(
    await fetchOnce('POST', '/api/sessions', { body: { email, password }, timeoutMs: 35_000 }),
  )
  begin(await response.json())
}

/** Gets a new token by the cookie; many callers share one request. Answers null when the cookie is no longer good. */
export function refreshSession(): Promise<string | null> {
  refreshing ??= refreshOnce().finally(() => {
    refreshing = null
  })
  return refreshing
}

async function refreshOnce(): Promise<string | null> {
  if (sessionState() === 'signed-out' || sessionState() === 'expired') return null
  const response = await fetchOnce('POST', '/api/sessions/refresh')
  if (response.status === 400 || response.status === 401 || response.status === 403) {
    if (sessionState() === 'unknown') setSessionState('signed-out')
    return null
  }
  begin(await (await accept(response)).json())
  return token
}

function begin(session: Session): void {
  const lifeMs = Date.parse(session.expiresAt) - serverTimeOf(session)
  token = session.accessToken
  staleAtMs = performance.now() + Math.max(30_000, lifeMs - 30_000)
  setPerson(session.person)
  setSessionState('signed-in')
}

/** When the token was issued, by its own word: this computer's calendar may be a day off. */
function serverTimeOf({ accessToken: text, expiresAt }: Session): number {
  const { iat } = claimsOf(text)
  // Without one, as long ago as tokens live.
  return typeof iat === 'number' ? iat * 1000 : Date.parse(expiresAt) - 600_000
}

/** The session ended without the person's wish. */
export function endSession(): void {
  token = null
  setSessionState('expired')
}

/** Signs out here even if the server cannot be told. */
export async function signOut(): Promise<void> {
  const current = token
  token = null
  setPerson(null)
  setSessionState('signed-out')
  await fetchOnce('DELETE', '/api/sessions/current', {}, current).catch(() => undefined)
}
