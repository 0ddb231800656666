/**
 * Gathers without a timer: one group is under way, and what comes meanwhile is the next. A group that fails is taken one by one, so
 * that a bad one fails alone.
 */
export function createGathering<Item>(options: {
  /** All of a group at once, or none. */
  takeAll: (items: readonly Item[]) => Promise<void>
  takeOne: (item: Item) => Promise<void>
  most: number
}): (item: Item) => Promise<void> {
  const { takeAll, takeOne, most } = options
  const waiting: { item: Item; resolve: () => void; reject: (error: unknown) => void }[] = []
  let isRunning = false

  const run = async () => {
    isRunning = true
    while (waiting.length > 0) {
      const group = waiting.splice(0, most)
      const isTaken = await takeAll(group.map(({ item }) => item)).then(
        () => true,
        () => false,
      )
      for (const { item, resolve, reject } of group) {
        if (isTaken) resolve()
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
