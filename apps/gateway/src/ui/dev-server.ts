import { UnavailableError } from '@hourglass/kit/errors'
import type { Ui } from './ui'

/**
 * Passes pages and assets on from a Vite development server. @param url such as `http://127.0.0.1:5173`
 */
export function createDevServerUi(url: string): Ui {
  const base = url.replace(/\/+$/, '')
  return {
    contentKind: 'dev-page',
    socketUrl: base.replace(/^http/, 'ws'),
    handle: async (request) => {
      const target = `${base}${request.url.slice(request.url.indexOf('/', request.url.indexOf('://') + 3))}`
      const headers = new Headers(request.headers)
      headers.delete('accept-encoding')
      // Vite refuses hosts that it does not know.
      headers.set('host', new URL(base).host)
      try {
        const signal = AbortSignal.any([request.signal, AbortSignal.timeout(30_000)])
        const response = await fetch(target, { method: request.method, headers, signal, redirect: 'manual' })
        return new Response(response.body, { status: response.status, headers: response.headers })
      } catch {
        throw new UnavailableError('The development server of the pages does not answer yet.', 1, 'ui-starting')
      }
    },
  }
}
