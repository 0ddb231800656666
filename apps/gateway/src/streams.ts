import { UnavailableError } from '@hourglass/kit/errors'

export type StreamCounter = {
  /** The same answer, counted until either side ends it. `end` ends the other side. */
  watch: (response: Response, end: () => void) => Response
  count: () => number
  endAll: () => void
}

/**
 * Keeps count of open event streams, at most `max`, and can end them all, since an open stream would hold up a stop for ever:
 * each client is told a moment of its own to come back.
 */
export function createStreamCounter(max: number): StreamCounter {
  const open = new Set<(last?: string) => void>()
  return {
    count: () => open.size,
    endAll: () => {
      for (const end of [...open]) end(`retry: ${500 + Math.floor(Math.random() * 4_500)}\n\n`)
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
      let close = (_last?: string) => {}
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          close = (last) => {
            if (!open.delete(close)) return
            end()
            void reader.cancel().catch(() => {})
            try {
              if (last) controller.enqueue(new TextEncoder().encode(last))
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
