import type { Fetcher } from './fetch'

/** Addresses of a service's replicas: `http://exams-1:3000`, … */
export type Replicas = readonly string[]

// Bun's fetch says the first two of each, sockets the rest.
const refused = new Set(['ConnectionRefused', 'ECONNREFUSED', 'FailedToOpenSocket', 'EHOSTUNREACH', 'ENOTFOUND'])
const broken = new Set(['ConnectionClosed', 'ECONNRESET', 'EPIPE'])

/**
 * Sends a request to one of several replicas, the next at each call. A replica that takes no connection has not seen the
 * request, and the next one gets it; one whose connection breaks may have, so only what may be repeated goes on to the next.
 * Who failed or was too late (a `TimeoutError`) comes after the others for `restMs`; then one request alone finds out whether it is
 * back. Throws what the last one failed with.
 */
export function createReplicaSender(baseUrls: Replicas, { restMs = 2_000 }: { restMs?: number } = {}) {
  const replicas = baseUrls.map((url): Replica => ({ base: url.replace(/\/+$/, ''), restsUntil: null }))
  let turn = 0
  return async <T>(send: (base: string) => Promise<T>, { isRepeatable }: { isRepeatable: boolean }): Promise<T> => {
    const order = inOrder(replicas, turn++, restMs)
    for (let tried = 1; ; tried++) {
      const replica = order[tried - 1]
      if (!replica) throw new Error('there is no replica')
      try {
        const answer = await send(replica.base)
        replica.restsUntil = null
        return answer
      } catch (error) {
        const code = codeOf(error)
        if (refused.has(code) || broken.has(code) || isLate(error)) replica.restsUntil = performance.now() + restMs
        const mayGoOn = refused.has(code) || (isRepeatable && broken.has(code))
        if (!mayGoOn || tried >= order.length) throw error
      }
    }
  }
}

/** `restsUntil` by `performance.now()`; `null` while it works. */
type Replica = { base: string; restsUntil: number | null }

/** Those that work in their turns, then those that rest. One that has rested is tried by whoever asks first, who makes it rest on. */
function inOrder(replicas: readonly Replica[], turn: number, restMs: number): readonly Replica[] {
  const first = turn % replicas.length
  const rotated = first === 0 ? replicas : [...replicas.slice(first), ...replicas.slice(0, first)]
  const now = performance.now()
  const tried = rotated.find(({ restsUntil }) => restsUntil !== null && restsUntil <= now)
  if (tried) tried.restsUntil = now + restMs
  const resting = rotated.filter((replica) => replica.restsUntil !== null && replica !== tried)
  if (!tried && resting.length === 0) return rotated
  const working = rotated.filter(({ restsUntil }) => restsUntil === null)
  return [...(tried ? [tried] : []), ...working, ...resting]
}

const isLate = (error: unknown) => error instanceof Error && error.name === 'TimeoutError'

/**
 * A fetch for requests without bodies, whatever host they name: each goes to one of the replicas, and one that only reads to
 * the next when that fails.
 */
export function createReplicaFetch(baseUrls: Replicas): Fetcher {
  const send = createReplicaSender(baseUrls)
  return (request) => {
    const { pathname, search } = new URL(request.url)
    const isRepeatable = request.method === 'GET'
    return send((base) => fetch(new Request(`${base}${pathname}${search}`, request)), { isRepeatable })
  }
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')
