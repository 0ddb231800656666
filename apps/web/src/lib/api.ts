import { accept, fetchOnce, type RequestOptions } from './request'
import { accessToken, endSession, refreshSession } from './session'

export { ApiError, isApiError } from './api-error'
export type { RequestOptions } from './request'

/**
 * The one way to speak to the server. Adds the access token, renews it once when it has run out, ends a request after 10 s.
 * Throws `ApiError`. @param path such as `/api/exams/mine`
 */
export const api = {
  get: <T>(path: string, options?: RequestOptions) => send<T>('GET', path, options),
  post: <T>(path: string, body?: unknown, options?: RequestOptions) => send<T>('POST', path, { ...options, body }),
  put: <T>(path: string, body?: unknown, options?: RequestOptions) => send<T>('PUT', path, { ...options, body }),
  patch: <T>(path: string, body?: unknown, options?: RequestOptions) => send<T>('PATCH', path, { ...options, body }),
  delete: <T>(path: string, options?: RequestOptions) => send<T>('DELETE', path, options),
  /** A file: its bytes and the name that the server suggests. */
  download: async (path: string, options?: RequestOptions): Promise<Blob> =>
    (await fetchSignedIn('GET', path, options ?? {})).blob(),
}

async function send<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
  const response = await fetchSignedIn(method, path, options)
  // The caller names the shape that the route promises; the server's response schemas hold it.
  if (response.status === 204 || response.headers.get('content-length') === '0') return undefined as T
  const isJson = (response.headers.get('content-type') ?? '').includes('json')
  return (isJson ? await response.json() : await response.text()) as T
}

async function fetchSignedIn(method: string, path: string, options: RequestOptions): Promise<Response> {
  const token = accessToken() ?? (await refreshSession())
  const response = await fetchOnce(method, path, options, token)
  if (response.status !== 401) return accept(response)
  const renewed = await refreshSession()
  if (renewed === null) {
    endSession()
    return accept(response)
  }
  return accept(await fetchOnce(method, path, options, renewed))
}
