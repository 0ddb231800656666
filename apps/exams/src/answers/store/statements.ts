import type { Sql, TransactionSql } from 'postgres'
import { keyOf, type Logged, type Save, type StoredAnswer } from './outcome'

export type Written = { attemptId: string; operationId: string; questionId: string; isStale: boolean }

/** Logs each operation that is new and upserts its answer if its sequence is newer. Operations already known write nothing. */
export async function writeAnswers(
  tx: TransactionSql,
  saves: readonly Save[],
  isLate: (save: Save) => boolean,
  now: number,
): Promise<Written[]> {
  // Booleans go as text: postgres.js takes an array's type from its first element and would send it as one boolean.
  // In one order in every replica, so that two batches never wait for each other crosswise.
  const rows = saves.toSorted((a, b) => (keyOf(a.attemptId, a.questionId) < keyOf(b.attemptId, b.questionId) ? -1 : 1))
  return tx<Written[]>`
    with input as (
      select * from unnest(
        ${rows.map((row) => row.attemptId)}::uuid[], ${rows.map((row) => row.questionId)}::text[],
        ${rows.map((row) => row.operationId)}::uuid[], ${rows.map((row) => row.seq)}::int[],
        ${rows.map((row) => row.response)}::text[], ${rows.map((row) => String(row.isBlank))}::text[]::boolean[],
        ${rows.map((row) => String(isLate(row)))}::text[]::boolean[], ${rows.map((row) => row.answerHash)}::text[]
      ) as t (attempt_id, question_id, operation_id, seq, response, is_blank, is_late, answer_hash)
    ), logged as (
      insert into exams.answer_log
        (attempt_id, operation_id, question_id, seq, answer_hash, response, is_late, stored_at)
      select attempt_id, operation_id, question_id, seq, answer_hash, response::jsonb, is_late,
        to_timestamp(${now}::float8 / 1000)
      from input order by attempt_id, operation_id
      on conflict do nothing
      returning attempt_id, operation_id, question_id
    ), stored as (
      insert into exams.answers
        (attempt_id, question_id, seq, operation_id, response, is_blank, is_late, stored_at)
      select attempt_id, question_id, seq, operation_id, response::jsonb, is_blank, is_late,
        to_timestamp(${now}::float8 / 1000)
      from input
      where (attempt_id, operation_id, question_id) in (select attempt_id, operation_id, question_id from logged)
      order by attempt_id, question_id
      on conflict (attempt_id, question_id) do update set
        seq = excluded.seq, operation_id = excluded.operation_id, response = excluded.response,
        is_blank = excluded.is_blank, is_late = excluded.is_late, stored_at = excluded.stored_at
      where answers.seq < excluded.seq
      returning attempt_id, operation_id
    )
    select attempt_id as "attemptId", operation_id as "operationId", question_id as "questionId",
      (attempt_id, operation_id) not in (select attempt_id, operation_id from stored) as "isStale"
    from logged`
}

export async function markStale(tx: TransactionSql, rows: readonly Written[]): Promise<void> {
  await tx`
    update exams.answer_log set is_stale = true
    where (attempt_id, operation_id) in (select * from unnest(
      ${rows.map((row) => row.attemptId)}::uuid[], ${rows.map((row) => row.operationId)}::uuid[]))`
}

export type Replay = Omit<Logged, 'current'> & { attemptId: string; questionId: string; answerHash: string }

export async function readReplays(tx: TransactionSql, saves: readonly Save[]): Promise<Map<string, Replay>> {
  const rows = await tx<(Replay & { operationId: string })[]>`
    select attempt_id as "attemptId", operation_id as "operationId", question_id as "questionId", seq,
      answer_hash as "answerHash", is_late as "isLate", is_stale as "isStale",
      (extract(epoch from stored_at) * 1000)::float8 as "storedAt"
    from exams.answer_log
    where (attempt_id, operation_id) in (select * from unnest(
      ${saves.map((save) => save.attemptId)}::uuid[], ${saves.map((save) => save.operationId)}::uuid[]))`
  return new Map(rows.map((row) => [keyOf(row.attemptId, row.operationId), row]))
}

export async function readCurrent(
  tx: Sql | TransactionSql,
  keys: readonly { attemptId: string; questionId: string }[],
): Promise<Map<string, StoredAnswer>> {
  const rows = await tx<{ attemptId: string; questionId: string; seq: number; storedAt: number; response: string }[]>`
    select attempt_id as "attemptId", question_id as "questionId", seq, response::text as response,
      (extract(epoch from stored_at) * 1000)::float8 as "storedAt"
    from exams.answers
    where (attempt_id, question_id) in (select * from unnest(
      ${keys.map((key) => key.attemptId)}::uuid[], ${keys.map((key) => key.questionId)}::text[]))`
  return new Map(
    rows.map(({ attemptId, questionId, seq, storedAt, response }) => [
      keyOf(attemptId, questionId),
      { seq, storedAt, response: JSON.parse(response) },
    ]),
  )
}

/** At most 200 late arrivals an attempt: enough for a whole exam's flush, not enough to fill a disk. Answers which are kept. */
export async function keepEvidence(tx: TransactionSql, saves: readonly Save[], now: number): Promise<Set<string>> {
  await tx`
    insert into exams.late_arrivals
      (id, attempt_id, operation_id, question_id, seq, response, is_blank, sent_at, received_at)
    select id, attempt_id, operation_id, question_id, seq, response::jsonb, is_blank,
      to_timestamp(sent_at / 1000), to_timestamp(${now}::float8 / 1000)
    from unnest(
      ${saves.map(() => Bun.randomUUIDv7())}::uuid[], ${saves.map((save) => save.attemptId)}::uuid[],
      ${saves.map((save) => save.operationId)}::uuid[], ${saves.map((save) => save.questionId)}::text[],
      ${saves.map((save) => save.seq)}::int[], ${saves.map((save) => save.response)}::text[], ${saves.map((save) => String(save.isBlank))}::text[]::boolean[],
      ${saves.map((save) => save.sentAt)}::float8[]
    ) as t (id, attempt_id, operation_id, question_id, seq, response, is_blank, sent_at)
    where (select count(*) from exams.late_arrivals known where known.attempt_id = t.attempt_id) < 200
    order by attempt_id, operation_id
    on conflict do nothing`
  const rows = await tx<{ attemptId: string; operationId: string }[]>`
    select attempt_id as "attemptId", operation_id as "operationId" from exams.late_arrivals
    where (attempt_id, operation_id) in (select * from unnest(
      ${saves.map((save) => save.attemptId)}::uuid[], ${saves.map((save) => save.operationId)}::uuid[]))`
  return new Set(rows.map(({ attemptId, operationId }) => keyOf(attemptId, operationId)))
}

/** Due when no more can come: by then every save that was taken has committed or holds the row that the sealer waits for. */
export async function orderReseal(
  tx: TransactionSql,
  saves: readonly { save: Save; attempt: { sealedAt: number | null } | undefined }[],
  networkGraceMs: number,
): Promise<void> {
  const dueOf = new Map(saves.map(({ save, attempt }) => [save.attemptId, (attempt?.sealedAt ?? 0) + networkGraceMs]))
  const due = [...dueOf].sort(([a], [b]) => (a < b ? -1 : 1))
  await tx`
    insert into exams.reseals (attempt_id, due_at)
    select attempt_id, to_timestamp(due_ms / 1000)
    from unnest(${due.map(([id]) => id)}::uuid[], ${due.map(([, ms]) => ms)}::float8[]) as t (attempt_id, due_ms)
    on conflict do nothing`
}
