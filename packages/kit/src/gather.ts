/**
 * Gathers without a timer: one group is under way, and what comes meanwhile is the next. A group that fails is taken one by one, so
 * that a bad one fails alone.
 */
export function createGathering<Item, Result>(options: {
  /** All of a group at once, or none. Answers in their order; an item without an answer was left out, and is taken alone. */
  takeAll: (items: readonly Item[]) => Promise<readonly (Result | undefined)[]>
  takeOne: (item: Item) => Promise<Result>
  most: number
}): (item: Item) => Promise<Result> {
  const { takeAll, takeOne, most } = options
  const waiting: { item: Item; resolve: (result: Result) => void; reject: (error: unknown) => void }[] = []
  let isRunning = false

  const run = async () => {
    isRunning = true
    // What comes in the same breath is of the first group.
    await Promise.resolve()
    while (waiting.length > 0) {
      const group = waiting.splice(0, most)
      const results = await takeAll(group.map(({ item }) => item)).catch(() => null)
      for (const [index, { item, resolve, reject }] of group.entries()) {
        const result = results?.[index]
        if (result !== undefined) resolve(result)
        // What was left out may have to wait, and nobody waits with it.
        else if (results) void takeOne(item).then(resolve, reject)
        else await takeOne(item).then(resolve, reject)
      }
    }
    isRunning = false
  }
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (!isRunning) void run()
    })
}
