import type { Sql, TransactionSql } from 'postgres'
import { type AttemptClock, judgeSave, type Verdict } from './judge-save'

/** One save, checked against the pinned paper. `response` is JSON text. */
export type Save = {
  attemptId: string
  questionId: string
  operationId: string
  seq: number
  response: string
  isBlank: boolean
  /** SHA-256 of what the operation does (question, seq, answer): the same id with another one is refused. */
  bodyHash: string
  answerHash: string
  /** The client's word in server time, milliseconds. */
  sentAt: number | null
}

export type StoredAnswer = { seq: number; storedAt: number; response: unknown }
type Logged = { seq: number; storedAt: number; isLate: boolean; isStale: boolean; current: StoredAnswer | null }

/** How a save ended. `locked`: somebody holds the attempt's row; `missing`: there is no such attempt. */
export type SaveOutcome =
  | ({ kind: 'stored'; now: number; attempt: AttemptClock } & Logged)
  | { kind: 'too-late' | 'paused'; now: number; attempt: AttemptClock; isKept: boolean }
  | { kind: 'reused' | 'locked' | 'missing' }

export type StoreAnswers = (saves: readonly Save[]) => Promise<SaveOutcome[]>

type LockedAttempt = AttemptClock & { id: string }

/**
 * Stores a batch in one transaction; an answer for each save in order, given after the commit. Attempt rows that another
 * transaction holds are not waited for (`locked`), so one attempt's wait is not its neighbours'. No two saves of a batch may
 * be for the same question of the same attempt.
 */
export const createBatchStore = (sql: Sql, networkGraceMs: number): StoreAnswers => {
  const lock = (tx: TransactionSql, ids: readonly string[]) => tx<LockedAttempt[]>`
    select ${attemptColumns(tx)} from exams.attempts where id = any(${[...ids]}::uuid[]) order by id for share skip locked`
  return (saves) => sql.begin((tx) => storeLocked(tx, saves, networkGraceMs, lock, 'locked')) as Promise<SaveOutcome[]>
}

/** The same, waiting for the attempts' rows. */
export const createWaitingStore = (sql: Sql, networkGraceMs: number): StoreAnswers => {
  const lock = (tx: TransactionSql, ids: readonly string[]) => tx<LockedAttempt[]>`
    select ${attemptColumns(tx)} from exams.attempts where id = any(${[...ids]}::uuid[]) order by id for share`
  return (saves) => sql.begin((tx) => storeLocked(tx, saves, networkGraceMs, lock, 'missing')) as Promise<SaveOutcome[]>
}

async function storeLocked(
  tx: TransactionSql,
  saves: readonly Save[],
  networkGraceMs: number,
  lock: (tx: TransactionSql, ids: readonly string[]) => PromiseLike<LockedAttempt[]>,
  unlocked: 'locked' | 'missing',
): Promise<SaveOutcome[]> {
  const ids = [...new Set(saves.map(({ attemptId }) => attemptId))].sort()
  // Sent together, executed in order: the clock is read when the locks are held, not when the statement came (facts: trap 2).
  const [rows, [clock]] = await Promise.all([
    lock(tx, ids),
    tx<{ now: number }[]>`select floor(extract(epoch from clock_timestamp()) * 1000)::float8 as now`,
  ])
  if (!clock) throw new Error('the database told no time')
  const { now } = clock
  const attemptOf = new Map(rows.map((row) => [row.id, row]))
  const judged = saves.map((save) => {
    const attempt = attemptOf.get(save.attemptId)
    const verdict: Verdict | null = attempt ? judgeSave(attempt, now, save.sentAt, networkGraceMs) : null
    return { save, attempt, verdict }
  })
  const taken = judged.filter(({ verdict }) => verdict === 'on-time' || verdict === 'late')
  const refused = judged.filter(({ verdict }) => verdict === 'too-late' || verdict === 'paused')
  const lateIds = new Set(taken.filter(({ verdict }) => verdict === 'late').map(({ save }) => save.operationId))
  const isLate = (save: Save) => lateIds.has(save.operationId)
  const written =
    taken.length === 0
      ? []
      : await writeAnswers(
          tx,
          taken.map(({ save }) => save),
          isLate,
          now,
        )
  const writtenOf = new Map(written.map((row) => [keyOf(row.attemptId, row.operationId), row]))
  const stale = written.filter((row) => row.isStale)
  if (stale.length > 0) await markStale(tx, stale)
  // The question too: one operation id sent for two questions at once is new for one of them alone.
  const isNew = (save: Save) => writtenOf.get(keyOf(save.attemptId, save.operationId))?.questionId === save.questionId
  const known = judged.filter(({ save, attempt }) => attempt && !isNew(save)).map(({ save }) => save)
  const replays = known.length === 0 ? new Map<string, Replay>() : await readReplays(tx, known)
  const superseded = [...stale, ...[...replays.values()].filter((replay) => replay.isStale)]
  const currents = superseded.length === 0 ? new Map<string, StoredAnswer>() : await readCurrent(tx, superseded)
  const evidence = refused.filter(
    ({ save, verdict }) => verdict === 'too-late' && !replays.has(keyOf(save.attemptId, save.operationId)),
  )
  const kept =
    evidence.length === 0
      ? new Set<string>()
      : await keepEvidence(
          tx,
          evidence.map(({ save }) => save),
          now,
        )
  const resealed = taken.filter(({ save, attempt }) => attempt?.state !== 'open' && isNew(save))
  if (resealed.length > 0) await orderReseal(tx, resealed, networkGraceMs)

  return judged.map(({ save, attempt, verdict }): SaveOutcome => {
    if (!attempt || verdict === null) return { kind: unlocked }
    const key = keyOf(save.attemptId, save.operationId)
    const current = currents.get(keyOf(save.attemptId, save.questionId)) ?? null
    const row = writtenOf.get(key)
    if (row && isNew(save)) {
      return {
        kind: 'stored',
        now,
        attempt,
        seq: save.seq,
        storedAt: now,
        isLate: isLate(save),
        isStale: row.isStale,
        current,
      }
    }
    const replay = replays.get(key)
    if (!replay) return { kind: verdict === 'paused' ? 'paused' : 'too-late', now, attempt, isKept: kept.has(key) }
    if (replay.bodyHash !== save.bodyHash) return { kind: 'reused' }
    const { seq, storedAt, isStale } = replay
    return {
      kind: 'stored',
      now,
      attempt,
      seq,
      storedAt,
      isLate: replay.isLate,
      isStale,
      current: isStale ? current : null,
    }
  })
}

const keyOf = (attemptId: string, id: string) => `${attemptId}/${id}`

const attemptColumns = (tx: TransactionSql) => tx`
  id, state, cause,
  (extract(epoch from deadline) * 1000)::float8 as deadline,
  (extract(epoch from paused_at) * 1000)::float8 as "pausedAt",
  (extract(epoch from sealed_at) * 1000)::float8 as "sealedAt"`

type Written = { attemptId: string; operationId: string; questionId: string; isStale: boolean }

/** Logs each operation that is new and upserts its answer if its sequence is newer. Operations already known write nothing. */
async function writeAnswers(
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
        ${rows.map((row) => String(isLate(row)))}::text[]::boolean[], ${rows.map((row) => row.bodyHash)}::text[],
        ${rows.map((row) => row.answerHash)}::text[]
      ) as t (attempt_id, question_id, operation_id, seq, response, is_blank, is_late, body_hash, answer_hash)
    ), logged as (
      insert into exams.answer_log
        (attempt_id, operation_id, question_id, seq, body_hash, answer_hash, response, is_late, stored_at)
      select attempt_id, operation_id, question_id, seq, body_hash, answer_hash, response::jsonb, is_late,
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

async function markStale(tx: TransactionSql, rows: readonly Written[]): Promise<void> {
  await tx`
    update exams.answer_log set is_stale = true
    where (attempt_id, operation_id) in (select * from unnest(
      ${rows.map((row) => row.attemptId)}::uuid[], ${rows.map((row) => row.operationId)}::uuid[]))`
}

type Replay = Omit<Logged, 'current'> & { attemptId: string; questionId: string; bodyHash: string }

async function readReplays(tx: TransactionSql, saves: readonly Save[]): Promise<Map<string, Replay>> {
  const rows = await tx<(Replay & { operationId: string })[]>`
    select attempt_id as "attemptId", operation_id as "operationId", question_id as "questionId", seq,
      body_hash as "bodyHash", is_late as "isLate", is_stale as "isStale",
      (extract(epoch from stored_at) * 1000)::float8 as "storedAt"
    from exams.answer_log
    where (attempt_id, operation_id) in (select * from unnest(
      ${saves.map((save) => save.attemptId)}::uuid[], ${saves.map((save) => save.operationId)}::uuid[]))`
  return new Map(rows.map((row) => [keyOf(row.attemptId, row.operationId), row]))
}

async function readCurrent(
  tx: TransactionSql,
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
async function keepEvidence(tx: TransactionSql, saves: readonly Save[], now: number): Promise<Set<string>> {
  await tx`
    insert into exams.late_arrivals
      (id, attempt_id, operation_id, question_id, seq, body_hash, response, is_blank, sent_at, received_at)
    select id, attempt_id, operation_id, question_id, seq, body_hash, response::jsonb, is_blank,
      to_timestamp(sent_at / 1000), to_timestamp(${now}::float8 / 1000)
    from unnest(
      ${saves.map(() => Bun.randomUUIDv7())}::uuid[], ${saves.map((save) => save.attemptId)}::uuid[],
      ${saves.map((save) => save.operationId)}::uuid[], ${saves.map((save) => save.questionId)}::text[],
      ${saves.map((save) => save.seq)}::int[], ${saves.map((save) => save.bodyHash)}::text[],
      ${saves.map((save) => save.response)}::text[], ${saves.map((save) => String(save.isBlank))}::text[]::boolean[],
      ${saves.map((save) => save.sentAt)}::float8[]
    ) as t (id, attempt_id, operation_id, question_id, seq, body_hash, response, is_blank, sent_at)
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
async function orderReseal(
  tx: TransactionSql,
  saves: readonly { save: Save; attempt: LockedAttempt | undefined }[],
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
