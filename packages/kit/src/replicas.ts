import type { Fetcher } from './fetch'

/** Addresses of a service's replicas: `http://exams-1:3000`, … */
export type Replicas = readonly string[]

// Bun's fetch says the first two of each, sockets the rest.
const refused = new Set(['ConnectionRefused', 'ECONNREFUSED', 'FailedToOpenSocket', 'EHOSTUNREACH', 'ENOTFOUND'])
const broken = new Set(['ConnectionClosed', 'ECONNRESET', 'EPIPE'])

/**
 * Sends a request to one of several replicas, the next at each call. A replica that takes no connection has not seen the
 * request, and the next one gets it; one whose connection breaks may have, so only what may be repeated goes on to the next.
 * Throws what the last one failed with.
 */
export function createReplicaSender(baseUrls: Replicas) {
  const bases = baseUrls.map((url) => url.replace(/\/+$/, ''))
  let turn = 0
  return async <T>(send: (base: string) => Promise<T>, { isRepeatable }: { isRepeatable: boolean }): Promise<T> => {
    const first = turn++ % bases.length
    for (let tried = 1; ; tried++) {
      try {
        return await send(bases[(first + tried - 1) % bases.length] ?? '')
      } catch (error) {
        const code = codeOf(error)
        const mayGoOn = refused.has(code) || (isRepeatable && broken.has(code))
        if (!mayGoOn || tried >= bases.length) throw error
      }
    }
  }
}

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
