import type { Room } from './room-state'

/** Gives the student the server's receipts of this attempt as a file. */
export async function saveReceipts(room: Room): Promise<void> {
  const receipts = await room.receipts()
  const { attemptId, examId, title } = room.attempt
  const body = JSON.stringify({ title, examId, attemptId, receipts }, null, 2)
  const url = URL.createObjectURL(new Blob([body], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = `receipts-${attemptId}.json`
  link.click()
  // The download has its own hold on the data by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
