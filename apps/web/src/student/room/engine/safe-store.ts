import { createMemoryRoomStore } from './memory-store'
import type { KeptReceipt, Operation, RoomStore } from './store'

export type SafeStoreOptions = {
  /** Opens the browser's own database. */
  open: () => Promise<RoomStore>
  /** Hears at each change whether what is kept outlives the page. */
  onDurability: (isDurable: boolean) => void
  /** How long the database may take for one change, and how often it is tried again after it failed. */
  answerMs?: number
  retryMs?: number
}

type Finished = { operation: Operation; receipt: KeptReceipt | null }

/**
 * The browser's database for as long as it works, and this page's memory when it does not: where there is none, the disk is
 * full, the browser has closed it. What the page knows is in memory all along, so that nothing typed is lost on the way, and
 * goes into the database once that works again.
 */
export async function openSafeRoomStore(options: SafeStoreOptions): Promise<RoomStore> {
  const { open, onDurability, answerMs = 2_000, retryMs = 5_000 } = options
  const memory = createMemoryRoomStore()
  const seats = new Map<string, string>()
  let finishedMeanwhile: Finished[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let isClosed = false
  let durable = await within(answerMs, open()).catch(() => null)

  const fail = () => {
    if (durable) {
      durable.close()
      durable = null
      onDurability(false)
    }
    clearTimeout(timer)
    if (!isClosed) timer = setTimeout(recover, retryMs)
  }
  const recover = async () => {
    try {
      const found = await within(answerMs, open())
      for (const { operation, receipt } of finishedMeanwhile) await within(answerMs, found.finish(operation, receipt))
      for (const operation of memory.all()) await within(answerMs, found.adopt(operation))
      for (const [attemptId, token] of seats) await within(answerMs, found.keepSeat(attemptId, token))
      finishedMeanwhile = []
      durable = found
      onDurability(true)
    } catch {
      fail()
    }
  }
  /** Asks the database, and memory when that fails. */
  const ask = async <T>(work: (store: RoomStore) => Promise<T>): Promise<{ value: T; isFromMemory: boolean }> => {
    if (durable) {
      try {
        return { value: await within(answerMs, work(durable)), isFromMemory: false }
      } catch {
        fail()
      }
    }
    return { value: await work(memory), isFromMemory: true }
  }
  /** Changes both. */
  const change = async <T>(work: (store: RoomStore) => Promise<T>): Promise<T> => {
    const { value, isFromMemory } = await ask(work)
    if (!isFromMemory) await work(memory)
    return value
  }
  if (!durable) fail()
  return {
    get isDurable() {
      return durable !== null
    },
    keep: async (input) => {
      const { value, isFromMemory } = await ask((store) => store.keep(input))
      if (!isFromMemory) await memory.adopt(value)
      return value
    },
    adopt: (operation) => change((store) => store.adopt(operation)),
    operations: async (attemptId) => {
      const { value, isFromMemory } = await ask((store) => store.operations(attemptId))
      if (!isFromMemory) await memory.replace(attemptId, value)
      return value
    },
    markSent: (operationId) => change((store) => store.markSent(operationId)),
    refuse: (operationId, why) => change((store) => store.refuse(operationId, why)),
    finish: async (operation, receipt) => {
      await change((store) => store.finish(operation, receipt))
      if (!durable) finishedMeanwhile.push({ operation, receipt })
    },
    receipts: async (attemptId) => (await ask((store) => store.receipts(attemptId))).value,
    keepSeat: (attemptId, token) => {
      seats.set(attemptId, token)
      return change((store) => store.keepSeat(attemptId, token))
    },
    seat: async (attemptId) => (await ask((store) => store.seat(attemptId))).value,
    forgetSeats: () => {
      seats.clear()
      return change((store) => store.forgetSeats())
    },
    close: () => {
      isClosed = true
      clearTimeout(timer)
      durable?.close()
    },
  }
}

/** A database that never answers is one that does not work. */
const within = <T>(ms: number, work: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no answer')), ms)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
