import type { Random } from './random'

const longestPauseMs = 10_000

/**
 * Holds an attempt's stream open as a browser's room does and comes back after each break, later each time. Answers what ends
 * it. A break is to a room the word that what the server holds may be other than it was.
 */
export function listen(open: (signal: AbortSignal) => Promise<Response>, onBreak: () => void, random: Random) {
  const end = new AbortController()
  let failures = 0
  const hear = async () => {
    const response = await open(end.signal)
    if (response.ok) failures = 0
    for await (const _ of response.body ?? []) {
      // What it says is for people; that it is there is enough.
    }
  }
  void (async () => {
    while (!end.signal.aborted) {
      await hear().catch(() => {})
      failures++
      await Bun.sleep(Math.min(500 * 2 ** (failures - 1), longestPauseMs) * (0.5 + random.next() / 2))
      if (!end.signal.aborted) onBreak()
    }
  })()
  return () => end.abort()
}
