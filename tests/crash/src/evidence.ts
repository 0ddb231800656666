import { Snapshot } from '@hourglass/exams/snapshot'
import { Key } from '@hourglass/questions/key'
import { openDatabases, servicesOn } from '@hourglass/support/databases'
import { type Fate, fatesOf, type History } from '@hourglass/support/history'
import type { Sql } from 'postgres'

export type AttemptFacts = {
  attemptId: string
  personId: string
  state: string
  cause: string | null
  startedAt: Date
  limitSeconds: number | null
  closesAt: Date | null
  shiftMs: number
  deadline: Date | null
  sealedAt: Date | null
  snapshotRevision: number
}
/** Time that was given back to an attempt. */
export type CreditFacts = { attemptId: string; kind: string; from: Date; to: Date }
export type SnapshotFacts = { attemptId: string; revision: number; digest: string; text: string; body: Snapshot }
export type ResultFacts = { attemptId: string; gradingVersion: number; marks: string; needsMarking: boolean }
export type QuestionResult = { attemptId: string; questionId: string; marks: string | null }
export type LogFacts = { operationId: string; attemptId: string; seq: number; storedAt: Date; committedAt: Date | null }
export type AuditFacts = {
  id: string
  examId: string
  at: Date
  actorId: string | null
  action: string
  attemptId: string | null
  details: unknown
  number: number | null
  previousHash: string | null
  hash: string | null
}

/** All that a judge may look at: what the clients saw, and what the databases hold. */
export type Evidence = {
  fates: Fate[]
  attempts: AttemptFacts[]
  credits: CreditFacts[]
  snapshots: SnapshotFacts[]
  /**
   * The operations of which the exam room knows that it stored them. `committedAt` is PostgreSQL's own word, which no program can
   * tell it; `null` where it does not keep that.
   */
  logged: LogFacts[]
  /** One line for each `attempt.sealed` that the exam room told of. */
  told: { attemptId: string; digest: string }[]
  audit: AuditFacts[]
  /** What grading holds of each attempt, and the marks that it gave. */
  graded: { attemptId: string; digest: string | null }[]
  results: ResultFacts[]
  questionResults: QuestionResult[]
  key: Key
  /** Attempts whose result was told of, one line for each mail in the mailbox. */
  notices: { attemptId: string; personId: string }[]
  /** Events that nobody took, by service. */
  unpublished: { service: string; count: number }[]
  parked: { service: string; count: number }[]
}

/** Reads what the databases hold of one exam. @param history of that exam alone. */
export async function collectEvidence(dataFolder: string, examId: string, history: History): Promise<Evidence> {
  const databases = openDatabases(dataFolder)
  try {
    const [exams, grading, notifier] = [databases.of('exams'), databases.of('grading'), databases.of('notifier')]
    const snapshots = await readSnapshots(exams, examId)
    const counts = (table: 'outbox' | 'parked_events') =>
      Promise.all(
        servicesOn(dataFolder).map(async (service) => ({
          service,
          count: await countOf(databases.of(service), service, table),
        })),
      )
    return {
      fates: fatesOf(history),
      attempts: await exams<AttemptFacts[]>`
        select id as "attemptId", person_id as "personId", state, cause, started_at as "startedAt",
          limit_seconds as "limitSeconds", closes_at as "closesAt", shift_ms::float8 as "shiftMs", deadline,
          sealed_at as "sealedAt", snapshot_revision as "snapshotRevision"
        from exams.attempts where exam_id = ${examId}`,
      credits: await exams<CreditFacts[]>`
        select attempt_id as "attemptId", kind, from_at as "from", to_at as "to"
        from exams.credits join exams.attempts on attempts.id = attempt_id where exam_id = ${examId}`,
      snapshots,
      logged: await exams<LogFacts[]>`
        select operation_id as "operationId", attempt_id as "attemptId", seq, stored_at as "storedAt",
          case current_setting('track_commit_timestamp') when 'on'
            then pg_xact_commit_timestamp(answer_log.xmin) end as "committedAt"
        from exams.answer_log join exams.attempts on attempts.id = attempt_id where exam_id = ${examId}`,
      told: await exams<{ attemptId: string; digest: string }[]>`
        select data ->> 'attemptId' as "attemptId", data ->> 'snapshotDigest' as digest from exams.outbox
        where name = 'attempt.sealed' and data ->> 'examId' = ${examId}`,
      audit: await exams<AuditFacts[]>`
        select id, exam_id as "examId", at, actor_id as "actorId", action, attempt_id as "attemptId", details, number,
          previous_hash as "previousHash", hash
        from exams.audit_log where exam_id = ${examId} order by number`,
      graded: await grading<{ attemptId: string; digest: string | null }[]>`
        select attempt_id as "attemptId", snapshot_digest as digest from grading.attempts where exam_id = ${examId}`,
      results: await grading<ResultFacts[]>`
        select attempt_id as "attemptId", grading_version as "gradingVersion", marks::text, needs_marking as "needsMarking"
        from grading.results where exam_id = ${examId}`,
      questionResults: await grading<QuestionResult[]>`
        select attempt_id as "attemptId", question_id as "questionId", marks::text
        from grading.question_results where exam_id = ${examId}`,
      key: await readKey(grading, examId),
      notices: await notifier<{ attemptId: string; personId: string }[]>`
        select deliveries.subject_id as "attemptId", messages.person_id as "personId"
        from notifier.messages join notifier.deliveries on deliveries.id::text = messages.key
        where deliveries.exam_id = ${examId} and deliveries.kind = 'result-released'`,
      unpublished: await counts('outbox'),
      parked: await counts('parked_events'),
    }
  } finally {
    await databases.close()
  }
}

async function readSnapshots(exams: Sql, examId: string): Promise<SnapshotFacts[]> {
  const rows = await exams<Omit<SnapshotFacts, 'body'>[]>`
    select snapshots.attempt_id as "attemptId", revision, digest, body as text
    from exams.snapshots join exams.attempts on attempts.id = snapshots.attempt_id
    where exam_id = ${examId} order by snapshots.attempt_id, revision`
  return rows.map((row) => ({ ...row, body: Snapshot.parse(JSON.parse(row.text)) }))
}

async function readKey(grading: Sql, examId: string): Promise<Key> {
  const [row] = await grading<{ body: unknown }[]>`
    select keys.body from grading.keys join grading.exams on exams.key_digest = keys.digest where exam_id = ${examId}`
  return Key.parse(row?.body)
}

async function countOf(sql: Sql, service: string, table: 'outbox' | 'parked_events'): Promise<number> {
  const isOpen = table === 'outbox' ? sql`where published_at is null` : sql``
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from ${sql(service)}.${sql(table)} ${isOpen}`
  return row?.count ?? 0
}
