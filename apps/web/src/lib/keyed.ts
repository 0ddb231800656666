import { createSignal, type Signal } from 'solid-js'

/** Values by key, each followed for itself: a change of one redraws what shows that one. */
export type Keyed<T> = {
  get: (key: string) => T | undefined
  set: (key: string, value: T | undefined) => void
}

/** A tenth of Solid's store, for the pages whose weight counts. */
export function createKeyed<T>(): Keyed<T> {
  const signals = new Map<string, Signal<T | undefined>>()
  const signalOf = (key: string): Signal<T | undefined> => {
    const known = signals.get(key) ?? createSignal<T>()
    signals.set(key, known)
    return known
  }
  return {
    get: (key) => signalOf(key)[0](),
    set: (key, value) => void signalOf(key)[1](() => value),
  }
}
