import { UnavailableError } from '@hourglass/kit/errors'

export type StreamCounter = {
  /** The same answer, counted until either side ends it. `end` ends the other side. */
  watch: (response: Response, end: () => void) => Response
  count: () => number
  endAll: () => void
}

/** Keeps count of open event streams, at most `max`, and can end them all: an open stream would hold up a stop for ever. */
export function createStreamCounter(max: number): StreamCounter {
  const open = new Set<() => void>()
  return {
    count: () => open.size,
    endAll: () => {
      for (const end of [...open]) end()
    },
    watch: (response, end) => {
      if (!response.body) return response
      if (open.size >= max) {
        void response.body.cancel().catch(() => {})
        end()
        throw new UnavailableError(
          'Too many open streams. Try again in a moment.',
          2 + Math.floor(Math.random() * 8),
          'busy',
        )
      }
      const reader = response.body.getReader()
      let close = () => {}
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          close = () => {
            if (!open.delete(close)) return
            end()
            void reader.cancel().catch(() => {})
            try {
              controller.close()
            } catch {
              // The client has closed it first.
            }
          }
          open.add(close)
        },
        async pull(controller) {
          try {
            const chunk = await reader.read()
            if (chunk.done) return close()
            controller.enqueue(chunk.value)
          } catch {
            close()
          }
        },
        cancel: () => close(),
      })
      return new Response(body, { status: response.status, headers: response.headers })
    },
  }
}
