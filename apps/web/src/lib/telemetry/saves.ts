import type { SaveFailure } from '@hourglass/kit/page-report'

/** How long answers wait on this device until the server has them. */
export function createWaits() {
  const since = new Map<string, number>()
  return {
    /** Takes where an answer is now; answers the seconds that it was kept here when it is stored. */
    see: (questionId: string, place: string, atMs: number): number | null => {
      if (place === 'kept' || place === 'sending') {
        if (!since.has(questionId)) since.set(questionId, atMs)
        return null
      }
      const from = since.get(questionId)
      since.delete(questionId)
      return place === 'stored' && from !== undefined ? (atMs - from) / 1_000 : null
    },
    /** The room was left: what still waits is another page's to tell. */
    forget: () => since.clear(),
  }
}

/** Why a save failed, by the error's kind and the answer's status; `null` where the page itself gave it up. */
export function failureOf(kind: string, status: number): SaveFailure | null {
  if (kind === 'aborted') return null
  if (kind === 'timeout' || status === 408) return 'timeout'
  if (kind === 'paused') return 'paused'
  if (status === 0) return 'offline'
  if (status === 401) return 'signed-out'
  if (status === 425 || status === 429 || status === 503) return 'busy'
  return status >= 500 ? 'server' : 'refused'
}
