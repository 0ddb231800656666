import { createOperationId, type KeptReceipt, type Operation, type RoomStore } from './store'

export type MemoryRoomStore = RoomStore & {
  all: () => Operation[]
  /** Takes what waits for an attempt in place of what it had: another tab may have finished some of it. */
  replace: (attemptId: string, operations: readonly Operation[]) => Promise<void>
}

/** Where the browser keeps nothing, as in some private windows: as long as the page lives. The page says so. */
export function createMemoryRoomStore(): MemoryRoomStore {
  const operations = new Map<string, Operation>()
  const receipts: KeptReceipt[] = []
  const seats = new Map<string, string>()
  let lastSeq = 0
  const dropReplaced = ({ attemptId, questionId }: { attemptId: string; questionId: string }) => {
    for (const before of operations.values()) {
      const isSame = before.questionId === questionId && before.attemptId === attemptId
      if (isSame && !before.wasSent && before.refusal === null) operations.delete(before.operationId)
    }
  }
  return {
    isDurable: false,
    async keep({ above, ...input }) {
      lastSeq = Math.max(above, lastSeq) + 1
      dropReplaced(input)
      const operation: Operation = {
        ...{ ...input, seq: lastSeq, wasSent: false, refusal: null },
        operationId: createOperationId(),
      }
      operations.set(operation.operationId, operation)
      return operation
    },
    async adopt(operation) {
      lastSeq = Math.max(operation.seq, lastSeq)
      dropReplaced(operation)
      operations.set(operation.operationId, operation)
    },
    all: () => [...operations.values()],
    async replace(attemptId, found) {
      for (const { operationId, ...each } of operations.values()) {
        if (each.attemptId === attemptId) operations.delete(operationId)
      }
      for (const operation of found) {
        lastSeq = Math.max(operation.seq, lastSeq)
        operations.set(operation.operationId, operation)
      }
    },
    operations: async (attemptId) =>
      [...operations.values()].filter((each) => each.attemptId === attemptId).toSorted((a, b) => a.seq - b.seq),
    async markSent(operationId) {
      const operation = operations.get(operationId)
      if (!operation) return null
      const marked = { ...operation, wasSent: true }
      operations.set(operationId, marked)
      return marked
    },
    async refuse(operationId, refusal) {
      const operation = operations.get(operationId)
      if (operation) operations.set(operationId, { ...operation, refusal })
    },
    async finish({ attemptId, questionId, seq }, receipt) {
      if (receipt) receipts.push(receipt)
      for (const other of operations.values()) {
        const isOlder = other.questionId === questionId && other.attemptId === attemptId && other.seq <= seq
        if (isOlder) operations.delete(other.operationId)
      }
    },
    receipts: async (attemptId) => receipts.filter((each) => each.attemptId === attemptId),
    keepSeat: async (attemptId, token) => void seats.set(attemptId, token),
    seat: async (attemptId) => seats.get(attemptId) ?? null,
    forgetSeats: async () => seats.clear(),
    close: () => {},
  }
}
