import { createEffect, createSignal, on, onCleanup } from 'solid-js'
import { api, isApiError } from './api'
import { serverNow } from './server-now'

export type Loader<T> = {
  /** The newest answer; it stays while a newer one is on its way. */
  data: () => T | undefined
  /** Why the last request failed; `null` after a good one. */
  error: () => unknown
  isLoading: () => boolean
  /** When `data` came, in the server's time. */
  loadedAtMs: () => number
  reload: () => Promise<void>
  /** Takes what a change answered, so that nothing needs to be asked again. */
  set: (value: T) => void
}

/** Loads what `key` names, again whenever it changes, and lets go of the answer before. `null` waits. */
export function createLoader<Key extends string, T>(
  key: () => Key | null,
  load: (key: Key, signal: AbortSignal) => Promise<T>,
): Loader<T> {
  const [data, setData] = createSignal<T | undefined>()
  const [error, setError] = createSignal<unknown>(null)
  const [isLoading, setLoading] = createSignal(false)
  const [loadedAtMs, setLoadedAtMs] = createSignal(0)
  let running: AbortController | null = null
  const take = (value: T) => {
    setData(() => value)
    setError(null)
    setLoadedAtMs(serverNow())
  }
  const reload = async () => {
    const name = key()
    running?.abort()
    if (name === null) return
    const own = new AbortController()
    running = own
    setLoading(true)
    try {
      const value = await load(name, own.signal)
      if (!own.signal.aborted) take(value)
    } catch (cause) {
      if (!own.signal.aborted && !isApiError(cause, 'aborted')) setError(cause)
    } finally {
      if (running === own) setLoading(false)
    }
  }
  createEffect(
    on(key, () => {
      setData(undefined)
      setError(null)
      void reload()
    }),
  )
  onCleanup(() => running?.abort())
  return { data, error, isLoading, loadedAtMs, reload, set: take }
}

/** Loads again `everyMs` after each answer while the page is in sight, and at once when it comes back into sight. */
export function keepFresh(loader: Pick<Loader<unknown>, 'reload'>, everyMs: number): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let isOver = false
  const next = async () => {
    clearTimeout(timer)
    if (document.visibilityState === 'visible') await loader.reload()
    if (!isOver) timer = setTimeout(next, everyMs)
  }
  const wake = () => document.visibilityState === 'visible' && void next()
  timer = setTimeout(next, everyMs)
  document.addEventListener('visibilitychange', wake)
  onCleanup(() => {
    isOver = true
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', wake)
  })
}

type Listed<T> = { items: T[]; next: string | null }

/** Every item of a list that comes by cursor. */
export async function listAll<T>(path: string, signal?: AbortSignal): Promise<T[]> {
  const items: T[] = []
  let cursor: string | null = null
  do {
    const more: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const page: Listed<T> = await api.get<Listed<T>>(
      `${path}${path.includes('?') ? '&' : '?'}limit=200${more}`,
      signal ? { signal } : {},
    )
    items.push(...page.items)
    cursor = page.next
  } while (cursor !== null)
  return items
}

export type Action = {
  isBusy: () => boolean
  error: () => unknown
  /** Does one thing at a time; answers whether it was done. */
  run: (work: () => Promise<unknown>) => Promise<boolean>
  clear: () => void
}

/** One change that a person asks for: while it runs, and why it failed. */
export function createAction(): Action {
  const [isBusy, setBusy] = createSignal(false)
  const [error, setError] = createSignal<unknown>(null)
  const run = async (work: () => Promise<unknown>) => {
    if (isBusy()) return false
    setBusy(true)
    setError(null)
    try {
      await work()
      return true
    } catch (cause) {
      setError(cause)
      return false
    } finally {
      setBusy(false)
    }
  }
  return { isBusy, error, run, clear: () => setError(null) }
}
