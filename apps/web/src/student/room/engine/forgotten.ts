import { createOperationId, type RoomStore } from './store'

/**
 * Keeps anew what the server had acknowledged and holds no more, as after its database was set back to a backup. Answers the
 * questions that it keeps an answer to now. @param held the answers that the server has.
 */
export async function keepForgotten(
  store: RoomStore,
  attemptId: string,
  held: readonly { questionId: string; seq: number }[],
): Promise<string[]> {
  const seqOf = new Map(
    [...held, ...(await store.operations(attemptId))].map(({ questionId, seq }) => [questionId, seq]),
  )
  const newest = new Map((await store.receipts(attemptId)).map((receipt) => [receipt.questionId, receipt]))
  const forgotten = [...newest.values()].filter(({ questionId, seq }) => (seqOf.get(questionId) ?? 0) < seq)
  for (const { questionId, seq, response, storedAt } of forgotten) {
    const operation = { attemptId, questionId, seq, response, madeAt: storedAt, wasSent: false, refusal: null }
    await store.adopt({ ...operation, operationId: createOperationId() })
  }
  return forgotten.map(({ questionId }) => questionId)
}
