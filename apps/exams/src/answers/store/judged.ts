import type { Sql, TransactionSql } from 'postgres'
import { type AttemptClock, judgeSave, type Verdict } from '../judge-save'
import { keyOf, type Save, type SaveOutcome, type StoreAnswers, type StoredAnswer } from './outcome'
import { keepEvidence, markStale, orderReseal, type Replay, readCurrent, readReplays, writeAnswers } from './statements'

type LockedAttempt = AttemptClock & { id: string }

/**
 * Judges each save with its attempt's row held, and stores, logs, keeps or refuses it, all in one transaction. Attempt rows that
 * another transaction holds are not waited for (`locked`), so that one attempt's wait is not its neighbours'.
 */
export const createJudgedStore = (sql: Sql, networkGraceMs: number): StoreAnswers => {
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
    if (!isSame(replay, save)) return { kind: 'reused' }
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

/** The same id with another question, number or answer is no repetition. */
const isSame = (replay: Replay, save: Save): boolean =>
  replay.questionId === save.questionId && replay.seq === save.seq && replay.answerHash === save.answerHash

const attemptColumns = (tx: TransactionSql) => tx`
  id, state, cause,
  (extract(epoch from deadline) * 1000)::float8 as deadline,
  (extract(epoch from paused_at) * 1000)::float8 as "pausedAt",
  (extract(epoch from sealed_at) * 1000)::float8 as "sealedAt"`
