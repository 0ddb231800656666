import type { Db } from '@hourglass/kit/db/connect'
import { toCanonicalJson } from '@hourglass/questions/canonical'
import { and, asc, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { auditLog } from '../schema'

export type AuditRow = typeof auditLog.$inferSelect

/** Hears of rows once they are a part of the chain, and so of what has been committed for good. */
export type OnLinked = (rows: readonly AuditRow[]) => void

const firstHash = '0'.repeat(64)

/** SHA-256 over the hash before and the canonical JSON of the row. */
export function hashAuditRow(previousHash: string, row: Omit<AuditRow, 'hash' | 'previousHash'>): string {
  const { id, examId, at, actorId, action, attemptId, details, number } = row
  const body = toCanonicalJson({ id, examId, at: at.toISOString(), actorId, action, attemptId, details, number })
  return new Bun.CryptoHasher('sha256').update(`${previousHash}\n${body}`).digest('hex')
}

/**
 * Links an exam's new audit rows to its chain, one replica at a time. Apart from the changes themselves, which would otherwise all
 * wait for the chain's last row: hundreds of students start and submit in the same second.
 */
export async function linkAudit(db: Db, examId: string, onLinked: OnLinked): Promise<number> {
  const linked = await db.transaction(async (tx) => {
    await tx
      .select({ lock: sql`pg_advisory_xact_lock(hashtextextended(${`audit ${examId}`}, 0))::text` })
      .from(sql`(values (1)) as one`)
    const [last] = await tx
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.examId, examId), isNotNull(auditLog.number)))
      .orderBy(desc(auditLog.number))
      .limit(1)
    const rows = await tx
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.examId, examId), isNull(auditLog.number)))
      .orderBy(asc(auditLog.at), asc(auditLog.id))
      .limit(1_000)
    let { number, hash } = { number: last?.number ?? 0, hash: last?.hash ?? firstHash }
    const links = rows.map((row) => {
      number++
      const previousHash = hash
      hash = hashAuditRow(previousHash, { ...row, number })
      return { id: row.id, number, previousHash, hash }
    })
    if (links.length > 0) await writeLinks(tx, links)
    return rows
  })
  onLinked(linked)
  return linked.length
}

type Link = { id: string; number: number; previousHash: string; hash: string }

/** In one statement: after a herd there are hundreds. */
async function writeLinks(tx: Db, links: readonly Link[]): Promise<void> {
  const columns = sql`x(id uuid, number int, "previousHash" text, hash text)`
  await tx.execute(sql`
    update ${auditLog} set number = x.number, previous_hash = x."previousHash", hash = x.hash
    from json_to_recordset(${JSON.stringify(links)}::text::json) as ${columns}
    where ${auditLog.id} = x.id`)
}

/** Links whatever is not linked yet, exam by exam. */
export async function linkAllAudits(db: Db, onLinked: OnLinked): Promise<void> {
  const rows = await db
    .selectDistinct({ examId: auditLog.examId })
    .from(auditLog)
    .where(isNull(auditLog.number))
    .limit(500)
  for (const { examId } of rows) await linkAudit(db, examId, onLinked)
}

/** The number of the first row that was changed, taken out or put in after it was linked, else `null`. Rows in order. */
export function findBrokenLink(rows: readonly AuditRow[]): number | null {
  let [number, hash] = [0, firstHash]
  for (const row of rows) {
    number++
    if (row.number !== number || row.previousHash !== hash || row.hash !== hashAuditRow(hash, row)) return number
    hash = row.hash
  }
  return null
}
