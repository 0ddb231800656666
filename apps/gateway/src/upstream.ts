import { UnavailableError } from '@hourglass/kit/errors'
import type { Fetcher } from '@hourglass/kit/fetch'
import { describe, type OpenApiDocument } from '@hourglass/kit/openapi'
import type { AnyElysia } from 'elysia'
import { z } from 'zod'

/** A service as the gateway sees it: in this process, or over HTTP. */
export interface Upstream {
  /** Takes a request whose address has any host. Headers and body come as they leave; nothing is buffered. */
  handle: Fetcher
  /** Whether a call under way ends with its request's signal. In this process only streams listen for it. */
  isCancellable: boolean
  /** The service's own OpenAPI document. */
  document: () => Promise<OpenApiDocument>
}

export function createLocalUpstream(app: AnyElysia): Upstream {
  return { handle: async (request) => app.handle(request), isCancellable: false, document: async () => describe(app) }
}

const Document = z.object({ openapi: z.string(), paths: z.record(z.string(), z.unknown()) }).loose()

/** @param baseUrl such as `http://students:3000` */
export function createHttpUpstream(baseUrl: string): Upstream {
  const base = baseUrl.replace(/\/+$/, '')
  return {
    handle: (request) => fetchFrom(base, request),
    isCancellable: true,
    document: async () => {
      const response = await fetch(`${base}/internal/openapi.json`, { signal: AbortSignal.timeout(3_000) })
      if (!response.ok) throw new Error(`${base} answered ${response.status} for its OpenAPI document`)
      // Its parts are what `describe` wrote on the other side; the merge reads only paths and components.
      return Document.parse(await response.json()) as OpenApiDocument
    },
  }
}

async function fetchFrom(base: string, request: Request): Promise<Response> {
  const url = request.url
  const target = `${base}${url.slice(url.indexOf('/', url.indexOf('://') + 3))}`
  try {
    const { method, headers, body, signal } = request
    // Bun would otherwise take a compressed answer apart, and follow a redirect with the caller's own headers.
    const response = await fetch(target, { method, headers, body, signal, redirect: 'manual', decompress: false })
    return new Response(response.body, { status: response.status, headers: endToEnd(response.headers) })
  } catch (error) {
    if (request.signal.aborted) throw error
    throw new UnavailableError('This part of the service cannot be reached. Try again in a moment.', 2, 'unreachable')
  }
}

function endToEnd(given: Headers): Headers {
  const headers = new Headers(given)
  for (const name of ['connection', 'keep-alive', 'transfer-encoding', 'trailer', 'upgrade', 'date'])
    headers.delete(name)
  return headers
}
