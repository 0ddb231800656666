/** Tries until it works, for up to 20 s: what one service told travels to the others. Throws the last failure. */
export async function eventually<T>(look: () => Promise<T>): Promise<T> {
  const giveUpAt = performance.now() + 20_000
  while (true) {
    try {
      return await look()
    } catch (error) {
      if (performance.now() >= giveUpAt) throw error
      await Bun.sleep(100)
    }
  }
}
