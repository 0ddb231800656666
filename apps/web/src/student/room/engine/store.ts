import type { Response } from '@hourglass/questions/response'

/** One change of one answer on its way to the server. It is stored here before it is sent. */
export type Operation = {
  attemptId: string
  questionId: string
  operationId: string
  seq: number
  response: Response
  /** Whether the server may have seen it: then it is resent as it is, never altered. */
  wasSent: boolean
  /**
   * When the student made it, in server time: what was typed in time and held up on its way is taken, what was typed later is
   * not. `null` when the server's clock was not known.
   */
  madeAt: string | null
  /** Why the server will never take it. It stays here, so that nothing typed is thrown away. */
  refusal: string | null
}

export type NewOperation = {
  attemptId: string
  questionId: string
  response: Response
  /** The highest number known from the server. */
  above: number
  madeAt: string | null
}

/** The server's word that an answer was stored, as the student may keep it. */
export type KeptReceipt = {
  attemptId: string
  questionId: string
  seq: number
  storedAt: string
  receipt: string
  response: Response
  isLate: boolean
}

/** What this browser keeps of an attempt; shared by its tabs, there again after a crash. */
export interface RoomStore {
  /** Whether what it keeps outlives the page. */
  readonly isDurable: boolean
  /**
   * Keeps a new response under the attempt's next sequence number, in place of one to the same question that was never sent.
   * Numbers rise over all tabs of this browser.
   */
  keep(input: NewOperation): Promise<Operation>
  /** Takes an operation as it is, from where it was kept before. */
  adopt(operation: Operation): Promise<void>
  /** All that wait or were refused, the oldest first. */
  operations(attemptId: string): Promise<Operation[]>
  markSent(operationId: string): Promise<Operation | null>
  refuse(operationId: string, why: string): Promise<void>
  /** Takes a finished operation out; with a receipt if it was stored. Older ones to its question go too: it replaced them. */
  finish(operation: Operation, receipt: KeptReceipt | null): Promise<void>
  receipts(attemptId: string): Promise<KeptReceipt[]>
  /** The right to save without a sign-in, for a reload while sign-in is out of order. */
  keepSeat(attemptId: string, token: string): Promise<void>
  seat(attemptId: string): Promise<string | null>
  /** Takes back every right to save without a sign-in: the person has signed out. What was typed stays. */
  forgetSeats(): Promise<void>
  close(): void
}

const version = 1

/** Opens the browser's own database. Rejects where it has none, as in some private windows. */
export async function openRoomStore(factory: IDBFactory = indexedDB, name = 'hourglass-room'): Promise<RoomStore> {
  const opening = factory.open(name, version)
  opening.onupgradeneeded = () => {
    const db = opening.result
    const operations = db.createObjectStore('operations', { keyPath: 'operationId' })
    operations.createIndex('attempt', 'attemptId')
    db.createObjectStore('receipts', { keyPath: ['attemptId', 'seq'] }).createIndex('attempt', 'attemptId')
    db.createObjectStore('attempts', { keyPath: 'attemptId' })
  }
  const db = await resultOf(opening)
  // Another tab wants a newer version: hold nothing up.
  db.onversionchange = () => db.close()
  const change = async <T>(work: (stores: Stores) => Promise<T>): Promise<T> => {
    const tx = db.transaction(['operations', 'receipts', 'attempts'], 'readwrite', { durability: 'strict' })
    const done = completionOf(tx)
    const value = await work(storesOf(tx))
    await done
    return value
  }
  const read = <T>(work: (stores: Stores) => Promise<T>): Promise<T> =>
    work(storesOf(db.transaction(['operations', 'receipts', 'attempts'])))
  return {
    isDurable: true,
    keep: ({ attemptId, questionId, response, above, madeAt }) =>
      change(async ({ operations, attempts }) => {
        const known = await resultOf<AttemptRecord | undefined>(attempts.get(attemptId))
        const seq = Math.max(above, known?.lastSeq ?? 0) + 1
        attempts.put({ ...known, attemptId, lastSeq: seq })
        for (const before of await resultOf<Operation[]>(operations.index('attempt').getAll(attemptId))) {
          const isReplaced = before.questionId === questionId && !before.wasSent && before.refusal === null
          if (isReplaced) operations.delete(before.operationId)
        }
        const operation: Operation = {
          ...{ attemptId, questionId, seq, response, madeAt, wasSent: false, refusal: null },
          operationId: createOperationId(),
        }
        operations.put(operation)
        return operation
      }),
    adopt: (operation) =>
      change(async ({ operations, attempts }) => {
        const known = await resultOf<AttemptRecord | undefined>(attempts.get(operation.attemptId))
        const lastSeq = Math.max(operation.seq, known?.lastSeq ?? 0)
        attempts.put({ ...known, attemptId: operation.attemptId, lastSeq })
        operations.put(operation)
      }),
    operations: (attemptId) =>
      read(async ({ operations }) =>
        (await resultOf<Operation[]>(operations.index('attempt').getAll(attemptId))).toSorted((a, b) => a.seq - b.seq),
      ),
    markSent: (operationId) =>
      change(async ({ operations }) => {
        const operation = await resultOf<Operation | undefined>(operations.get(operationId))
        if (!operation) return null
        const marked = { ...operation, wasSent: true }
        operations.put(marked)
        return marked
      }),
    refuse: (operationId, why) =>
      change(async ({ operations }) => {
        const operation = await resultOf<Operation | undefined>(operations.get(operationId))
        if (operation) operations.put({ ...operation, refusal: why })
      }),
    finish: ({ attemptId, questionId, seq }, receipt) =>
      change(async ({ operations, receipts }) => {
        if (receipt) receipts.put(receipt)
        for (const other of await resultOf<Operation[]>(operations.index('attempt').getAll(attemptId))) {
          if (other.questionId === questionId && other.seq <= seq) operations.delete(other.operationId)
        }
      }),
    receipts: (attemptId) =>
      read(async ({ receipts }) =>
        (await resultOf<KeptReceipt[]>(receipts.index('attempt').getAll(attemptId))).toSorted((a, b) => a.seq - b.seq),
      ),
    keepSeat: (attemptId, token) =>
      change(async ({ attempts }) => {
        const known = await resultOf<AttemptRecord | undefined>(attempts.get(attemptId))
        attempts.put({ lastSeq: 0, ...known, attemptId, seat: token })
      }),
    seat: (attemptId) =>
      read(async ({ attempts }) => (await resultOf<AttemptRecord | undefined>(attempts.get(attemptId)))?.seat ?? null),
    forgetSeats: () =>
      change(async ({ attempts }) => {
        for (const { attemptId, lastSeq } of await resultOf<AttemptRecord[]>(attempts.getAll())) {
          attempts.put({ attemptId, lastSeq })
        }
      }),
    close: () => db.close(),
  }
}

type AttemptRecord = { attemptId: string; lastSeq: number; seat?: string }
type Stores = { operations: IDBObjectStore; receipts: IDBObjectStore; attempts: IDBObjectStore }

const storesOf = (tx: IDBTransaction): Stores => ({
  operations: tx.objectStore('operations'),
  receipts: tx.objectStore('receipts'),
  attempts: tx.objectStore('attempts'),
})

const resultOf = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

const completionOf = (tx: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    tx.oncomplete = () => resolve()
    tx.onabort = () => reject(tx.error)
    tx.onerror = () => reject(tx.error)
  })

/** UUIDv7 (RFC 9562 §5.7). Its time is the computer's and may be wrong: only its difference from others counts. */
export function createOperationId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  let time = Date.now()
  for (let index = 5; index >= 0; index--) {
    bytes[index] = time % 256
    time = Math.floor(time / 256)
  }
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
