/** Calls `look` until it throws no more, and answers its value. After `withinMs` the last failure is thrown. */
export async function eventually<T>(
  look: () => T | Promise<T>,
  { withinMs = 5_000, everyMs = 50 }: { withinMs?: number; everyMs?: number } = {},
): Promise<T> {
  const giveUpAt = performance.now() + withinMs
  while (true) {
    try {
      return await look()
    } catch (error) {
      if (performance.now() >= giveUpAt) throw error
      await Bun.sleep(everyMs)
    }
  }
}
