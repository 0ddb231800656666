import type { Db } from '@hourglass/kit/db/connect'
import { insertRows } from '@hourglass/kit/db/insert-rows'
import { auditLog } from '../schema'
import type { AuditAction } from './actions'

export type AuditEntry = {
  examId: string
  at: Date
  /** `null`: the server itself. */
  actorId: string | null
  action: AuditAction
  attemptId?: string | null
  /** No answers and no passwords: teachers read it. */
  details?: Record<string, unknown>
}

/** Writes what happened beside the change, in its transaction. The hash chain takes it up within a second. */
export async function recordAudit(tx: Db, entries: readonly AuditEntry[]): Promise<void> {
  await insertRows(
    tx,
    auditLog,
    entries.map(({ attemptId = null, details = {}, ...entry }) => ({
      id: Bun.randomUUIDv7(),
      ...entry,
      attemptId,
      details,
    })),
  )
}
