export type Fetcher = (request: Request) => Promise<Response>

/**
 * A fetch whose calls end within `timeoutMs`, body included, or fail with a plain Error. No retries: the layer that knows
 * what is safe to repeat repeats it.
 */
export const createTimedFetch =
  (timeoutMs: number, fetcher: Fetcher = fetch): Fetcher =>
  async (request) => {
    const signal = AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)])
    return fetcher(new Request(request, { signal }))
  }
