import { type Answer, type Api, createApi, signIn } from './api'
import type { Person } from './school'

/** A student who has signed in. */
export type Session = {
  /** Rejects when no answer came. A seat that has run out is left for the sign-in, and that is renewed by itself. */
  ask: <Body>(method: string, path: string, body?: unknown, seat?: string | null) => Promise<Answer<Body>>
  /** The server-sent events of a path, as they come. */
  stream: (path: string, seat: string | null, signal: AbortSignal) => Promise<Response>
}

/** Signs a student in, as often as it takes. */
export async function openSession(url: string, { email, password }: Person): Promise<Session> {
  const anonymous = createApi(url)
  const open = async (): Promise<Api> => {
    while (true) {
      try {
        return await signIn(anonymous, email, password)
      } catch {
        await Bun.sleep(200)
      }
    }
  }
  let api = await open()
  return {
    ask: async <Body>(method: string, path: string, body?: unknown, seat?: string | null) => {
      if (seat) {
        const answer = await anonymous.as(`Seat ${seat}`).ask<Body>(method, path, body)
        if (answer.status !== 401) return answer
      }
      const answer = await api.ask<Body>(method, path, body)
      if (answer.status !== 401) return answer
      api = await open()
      return api.ask<Body>(method, path, body)
    },
    stream: (path, seat, signal) => {
      const authorization = seat ? `Seat ${seat}` : api.authorization
      return fetch(`${url}${path}`, { headers: authorization ? { authorization } : {}, signal })
    },
  }
}

/** All but what the browser takes as "not now" and sends again. */
export const isFinal = ({ status }: Answer<unknown>) =>
  status < 500 && status !== 401 && status !== 408 && status !== 425 && status !== 429
