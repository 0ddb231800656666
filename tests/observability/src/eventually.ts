/** Asks until `isThere` holds of the answer, and answers it. Throws with the last answer when it takes longer. */
export async function eventually<T>(
  ask: () => Promise<T>,
  isThere: (answer: T) => boolean,
  withinMs = 30_000,
): Promise<T> {
  const giveUpAt = performance.now() + withinMs
  for (;;) {
    const answer = await ask().catch((error: unknown) => error)
    // What `ask` answers; an error of it is no answer.
    if (!(answer instanceof Error) && isThere(answer as T)) return answer as T
    if (performance.now() > giveUpAt) {
      throw new Error(`not within ${withinMs} ms; the last answer: ${describe(answer)}`)
    }
    await Bun.sleep(200)
  }
}

const describe = (answer: unknown): string =>
  answer instanceof Error ? answer.message : JSON.stringify(answer).slice(0, 2_000)
