/** How long to wait after the n-th failure in a row (from 1), in ms: doubling from half a second to ten, by half at random. */
export function backOffMs(failures: number, retryAfterSeconds: number | null = null): number {
  const grown = Math.min(500 * 2 ** Math.max(0, failures - 1), 10_000)
  // A room full of browsers must not come back at the same instant.
  const jittered = grown * (0.5 + Math.random() / 2)
  return retryAfterSeconds === null ? jittered : Math.max(jittered, retryAfterSeconds * 1_000 * (1 + Math.random() / 2))
}
