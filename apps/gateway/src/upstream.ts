import { UnavailableError } from '@hourglass/kit/errors'
import type { Fetcher } from '@hourglass/kit/fetch'
import { keepHeader } from '@hourglass/kit/observe'
import { describe, type OpenApiDocument } from '@hourglass/kit/openapi'
import { createReplicaFetch, createReplicaSender, type Replicas } from '@hourglass/kit/replicas'
import { createTracedFetch, endCall, startCall, type Tracer, writeTraceHeaders } from '@hourglass/kit/traced-fetch'
import type { AnyElysia } from 'elysia'
import { z } from 'zod'

/** A request on its way to a service. Headers and body come as they leave. */
export type Call = {
  method: string
  /** With its query. */
  path: string
  headers: Headers
  /** What is in memory already can be sent more than once. */
  body: ArrayBuffer | ReadableStream | null
  signal: AbortSignal | null
  /** Whether the answer is small, so that it is read whole: to pass it on in pieces costs more than the answer. */
  isBrief: boolean
}

/** A service as the gateway sees it: in this process, or over HTTP. */
export interface Upstream {
  handle: (call: Call) => Promise<Response>
  /** Whether a call under way ends with its request's signal. In this process only streams listen for it. */
  isCancellable: boolean
  /** The service's own OpenAPI document. */
  document: () => Promise<OpenApiDocument>
}

export function createLocalUpstream(app: AnyElysia): Upstream {
  return {
    // Elysia reads paths only after a host of four letters or more.
    handle: async ({ path, isBrief: _, ...init }) => app.handle(new Request(`http://localhost${path}`, init)),
    isCancellable: false,
    document: async () => describe(app),
  }
}

const Document = z.object({ openapi: z.string(), paths: z.record(z.string(), z.unknown()) }).loose()

/**
 * A service over HTTP, whose replicas take turns.
 * @param baseUrls such as `http://students:3000`
 * @param traced by whom its calls are traced, and under which name
 * @param sign makes a fetch one by which the gateway asks in its own name; people's requests go as they are.
 */
export function createHttpUpstream(
  baseUrls: Replicas,
  sign: (fetcher: Fetcher) => Fetcher,
  traced: { tracer: Tracer | null; service: string },
): Upstream {
  const send = createReplicaSender(baseUrls)
  const ask = createTracedFetch(traced.tracer, traced.service, sign(createReplicaFetch(baseUrls)))
  return {
    handle: async (call) => {
      const span = traced.tracer && startCall(traced.tracer, call.method, traced.service)
      if (span) writeTraceHeaders(call.headers, span)
      const answering = forward(send, call)
      const response = await (span ? endCall(span, answering) : answering)
      response.headers.delete(keepHeader)
      return response
    },
    isCancellable: true,
    document: async () => {
      const signal = AbortSignal.timeout(3_000)
      const response = await ask(new Request('http://service.internal/internal/openapi.json', { signal }))
      if (!response.ok) throw new Error(`${baseUrls} answered ${response.status} for its OpenAPI document`)
      // Its parts are what `describe` wrote on the other side; the merge reads only paths and components.
      return Document.parse(await response.json()) as OpenApiDocument
    },
  }
}

async function forward(send: ReturnType<typeof createReplicaSender>, call: Call): Promise<Response> {
  const { method, path, headers, body, signal, isBrief } = call
  // A save names its operation, so that twice is once.
  const isRepeatable = (method === 'GET' || method === 'PUT') && !(body instanceof ReadableStream)
  try {
    return await send(
      async (base) => {
        // Bun would otherwise take a compressed answer apart, and follow a redirect with the caller's own headers.
        const init = { method, headers, body, signal, redirect: 'manual', decompress: false } as const
        const response = await fetch(`${base}${path}`, init)
        const content = isBrief ? await response.arrayBuffer() : response.body
        return new Response(content, { status: response.status, headers: endToEnd(response.headers) })
      },
      { isRepeatable },
    )
  } catch (error) {
    if (signal?.aborted) throw error
    throw new UnavailableError('This part of the service cannot be reached. Try again in a moment.', 2, 'unreachable')
  }
}

function endToEnd(given: Headers): Headers {
  const headers = new Headers(given)
  for (const name of ['connection', 'keep-alive', 'transfer-encoding', 'trailer', 'upgrade', 'date'])
    headers.delete(name)
  return headers
}
