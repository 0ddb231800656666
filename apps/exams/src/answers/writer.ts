import { type BatchWatch, type Ticket, unwatched } from '@hourglass/kit/batch-watch'
import { UnavailableError } from '@hourglass/kit/errors'
import type { Save, SaveOutcome, StoreAnswers } from './store/outcome'

export type AnswerWriter = { write: (save: Save) => Promise<SaveOutcome>; waiting: () => number }

type Waiting = { save: Save; ticket: Ticket; resolve: (outcome: SaveOutcome) => void; reject: (error: unknown) => void }

export type WriterOptions = {
  /** One transaction for all of them; must not wait for locked rows. */
  storeBatch: StoreAnswers
  /** For what the batch found locked; waits. */
  storeWaiting: StoreAnswers
  maxBatch?: number
  maxWaiting?: number
  maxWaitingBytes?: number
  watch?: BatchWatch
}

/**
 * Group commit without a timer: one batch is in flight, what arrives meanwhile is the next batch. A save for a question that the
 * batch already holds goes with the next one. A full queue refuses at once. A batch that the database finds fault with is
 * halved until the bad row is alone; a connection that failed fails its batch, whose clients try again with the same ids.
 */
export function createAnswerWriter(options: WriterOptions): AnswerWriter {
  const { storeBatch, storeWaiting, maxBatch = 200, maxWaiting = 2_000, maxWaitingBytes = 32 * 1_024 * 1_024 } = options
  const { watch = unwatched } = options
  let queue: Waiting[] = []
  let queuedBytes = 0
  let isRunning = false

  const run = async () => {
    isRunning = true
    while (queue.length > 0) {
      const { batch, rest } = takeBatch(queue, maxBatch)
      queue = rest
      for (const { save } of batch) queuedBytes -= save.response.length
      await storeAndSplit(batch)
    }
    isRunning = false
  }

  const storeAndSplit = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      const outcomes = await watch.run(
        batch.map(({ ticket }) => ticket),
        () => storeBatch(batch.map(({ save }) => save)),
      )
      for (const [index, waiting] of batch.entries()) settle(waiting, outcomes[index])
    } catch (error) {
      const middle = batch.length >> 1
      if (middle === 0 || !isFaultOfTheData(error)) {
        for (const { reject } of batch) reject(error)
        return
      }
      await storeAndSplit(batch.slice(0, middle))
      await storeAndSplit(batch.slice(middle))
    }
  }

  const settle = ({ save, ticket, resolve, reject }: Waiting, outcome: SaveOutcome | undefined) => {
    if (!outcome) return reject(new Error('a save got no outcome'))
    if (outcome.kind !== 'locked') return resolve(outcome)
    watch
      .resume(ticket, () => storeWaiting([save]))
      .then(([waited]) => (waited ? resolve(waited) : reject(new Error('a save got no outcome'))), reject)
  }

  return {
    write: (save) =>
      new Promise((resolve, reject) => {
        if (queue.length >= maxWaiting || queuedBytes + save.response.length > maxWaitingBytes) {
          return reject(new UnavailableError('Too many answers are being stored. Yours will be sent again.', 1, 'busy'))
        }
        queue.push({ save, ticket: watch.enter(), resolve, reject })
        queuedBytes += save.response.length
        if (!isRunning) void run()
      }),
    waiting: () => queue.length,
  }
}

function takeBatch(queue: readonly Waiting[], maxBatch: number): { batch: Waiting[]; rest: Waiting[] } {
  const [batch, rest]: [Waiting[], Waiting[]] = [[], []]
  const keys = new Set<string>()
  for (const waiting of queue) {
    const key = `${waiting.save.attemptId}/${waiting.save.questionId}`
    if (batch.length < maxBatch && !keys.has(key)) batch.push(waiting)
    else rest.push(waiting)
    keys.add(key)
  }
  return { batch, rest }
}

/** SQLSTATE classes 21, 22 and 23: cardinality, data and constraints. Everything else would fail a part as it failed the whole. */
const isFaultOfTheData = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^2[123]\w{3}$/.test(String(error.code))
