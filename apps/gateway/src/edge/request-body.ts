import { type AppError, BadRequestError, TooLargeError } from '@hourglass/kit/errors'
import { withDeadline } from '@hourglass/kit/lifecycle'

export type BodyLimits = { maxBytes: number; timeoutMs: number }

/** Up to here a body is read before the request takes a place; a larger one flows through. */
const keptBytes = 1_048_576

export type Body = { content: ArrayBuffer | ReadableStream | null; fault: () => AppError | null }

/**
 * The body of a request within its limits: whole where it is small, so that a slow sender holds no place and no service,
 * as a stream otherwise. Throws a TooLargeError before anything is read when the sender says the size; at the limit and when
 * it does not arrive in time, the same or a BadRequestError: thrown where the body is whole, `fault` where it streams.
 */
export async function readBody(request: Request, limits: BodyLimits): Promise<Body> {
  if (request.method === 'GET' || request.method === 'HEAD' || !request.body)
    return { content: null, fault: () => null }
  const declared = request.headers.get('content-length')
  if (declared !== null && Number(declared) > limits.maxBytes) throw tooLarge(limits.maxBytes)
  if (declared !== null && limits.maxBytes <= keptBytes)
    return { content: await readWhole(request, limits), fault: () => null }
  const { stream, fault } = boundBody(request.body, limits)
  if (limits.maxBytes > keptBytes) return { content: stream, fault }
  const content = await new Response(stream).arrayBuffer().catch(() => {
    throw fault() ?? brokenOff()
  })
  return { content, fault }
}

/** The usual way of a save: HTTP's own framing holds the sender to the size it said. */
const readWhole = (request: Request, { timeoutMs }: BodyLimits): Promise<ArrayBuffer> =>
  withDeadline(request.arrayBuffer(), timeoutMs, 'late').catch((error) => {
    throw error instanceof Error && error.message === 'late' ? tooSlow() : brokenOff()
  })

function boundBody(body: ReadableStream<Uint8Array>, { maxBytes, timeoutMs }: BodyLimits) {
  const reader = body.getReader()
  const endsAt = Date.now() + timeoutMs
  let received = 0
  let fault: AppError | null = null
  const fail = (error: AppError) => {
    fault = error
    void reader.cancel().catch(() => {})
    return error
  }
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const chunk = await readBefore(reader, endsAt)
      if (chunk === 'late') throw fail(tooSlow())
      if (chunk.done) return controller.close()
      received += chunk.value.byteLength
      if (received > maxBytes) throw fail(tooLarge(maxBytes))
      controller.enqueue(chunk.value)
    },
    cancel: (reason) => reader.cancel(reason),
  })
  return { stream, fault: () => fault }
}

async function readBefore(reader: ReadableStreamDefaultReader<Uint8Array>, endsAt: number) {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), Math.max(0, endsAt - Date.now()))
  })
  try {
    return await Promise.race([reader.read(), late])
  } finally {
    clearTimeout(timer)
  }
}

const tooLarge = (maxBytes: number) =>
  new TooLargeError('too-large', `The request body is larger than ${Math.floor(maxBytes / 1_024)} kB.`, { maxBytes })

const tooSlow = () => new BadRequestError('slow-body', 'The request body did not arrive in time.')
const brokenOff = () => new BadRequestError('broken-body', 'The request body broke off.')
