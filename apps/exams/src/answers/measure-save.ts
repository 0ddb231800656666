import { AppError, ConflictError } from '@hourglass/kit/errors'
import type { SavedAnswer } from '../attempts/model'
import type { AnswerMetrics } from '../metrics'

/** Counts how a save ended, and measures how long it took to be durable. */
export async function measureSave(metrics: AnswerMetrics, save: () => Promise<SavedAnswer>): Promise<SavedAnswer> {
  const startedAt = performance.now()
  try {
    const saved = await save()
    metrics.storedSeconds.observe({}, (performance.now() - startedAt) / 1_000)
    if (saved.isLate) metrics.late.inc({ fate: 'taken' })
    return saved
  } catch (error) {
    metrics.rejected.inc({ reason: error instanceof AppError ? error.kind : 'failed' })
    if (error instanceof ConflictError && error.kind === 'too-late') {
      metrics.late.inc({ fate: error.details.isKept ? 'kept' : 'dropped' })
    }
    throw error
  }
}
