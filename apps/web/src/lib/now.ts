import { createSignal, onCleanup } from 'solid-js'
import { serverNow } from './server-now'

/** The server's time in milliseconds, read again every `everyMs`. */
export function createNow(everyMs: number): () => number {
  const [now, setNow] = createSignal(serverNow())
  const timer = setInterval(() => setNow(serverNow()), everyMs)
  onCleanup(() => clearInterval(timer))
  return now
}
