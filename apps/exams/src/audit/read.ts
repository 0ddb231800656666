import type { Db } from '@hourglass/kit/db/connect'
import { decodeCursor, type PageQuery, pageOf, toPage } from '@hourglass/kit/paging'
import { and, asc, eq, gt, isNotNull } from 'drizzle-orm'
import { z } from 'zod'
import { auditLog, people } from '../schema'
import { auditActions } from './actions'
import { findBrokenLink, linkAudit, type OnLinked } from './chain'

const Action = z.enum(auditActions)

export const AuditItem = z.object({
  number: z.int(),
  at: z.iso.datetime(),
  actorId: z.uuid().nullable(),
  actorName: z.string().nullable(),
  action: Action,
  attemptId: z.uuid().nullable(),
  details: z.record(z.string(), z.unknown()),
  hash: z.string(),
})
export const AuditPage = pageOf(AuditItem).extend({
  /** Of the whole chain: the number of the first row that does not fit, else `null`. */
  brokenAt: z.int().nullable(),
})

/** The audit trail of an exam, oldest first, with the word on whether its chain is whole. */
export async function readAudit(
  db: Db,
  examId: string,
  { cursor, limit }: PageQuery,
  onLinked: OnLinked,
): Promise<z.infer<typeof AuditPage>> {
  const [after] = decodeCursor(cursor, 1) ?? []
  while ((await linkAudit(db, examId, onLinked)) === 1_000);
  const rows = await db
    .select({ row: auditLog, actorName: people.name })
    .from(auditLog)
    .leftJoin(people, eq(people.personId, auditLog.actorId))
    .where(and(eq(auditLog.examId, examId), gt(auditLog.number, Number(after ?? 0) || 0)))
    .orderBy(asc(auditLog.number))
    .limit(limit + 1)
  const page = toPage(
    rows,
    limit,
    ({ row, actorName }) => ({
      number: row.number ?? 0,
      at: row.at.toISOString(),
      actorId: row.actorId,
      actorName,
      action: Action.parse(row.action),
      attemptId: row.attemptId,
      // A CHECK holds the column to objects.
      details: row.details as Record<string, unknown>,
      hash: row.hash ?? '',
    }),
    ({ row }) => [row.number ?? 0],
  )
  return { ...page, brokenAt: await verifyAudit(db, examId) }
}

/** Reads the whole chain of an exam and answers the number of its first broken link, else `null`. */
export async function verifyAudit(db: Db, examId: string): Promise<number | null> {
  const rows = await db
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.examId, examId), isNotNull(auditLog.number)))
    .orderBy(asc(auditLog.number))
  return findBrokenLink(rows)
}
