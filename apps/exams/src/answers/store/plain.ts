import type { Sql } from 'postgres'
import type { AttemptClock } from '../judge-save'
import { keyOf, type Save, type SaveOutcome } from './outcome'
import { readCurrent } from './statements'

type Stored = { index: number; now: number; deadline: number | null; isStale: boolean }

/**
 * Stores what is plain, in one statement, which is its own transaction: new operations on attempts that are open, not
 * paused and before their deadline. That is nearly every save, and one round trip for all of them is what makes the exam
 * room fast. Answers `null` for each save that it left alone, which then needs a judgement.
 *
 * The attempts' rows are held before the clock is read, because the clock waits for their count (facts: traps 1 and 2), and
 * rows that another transaction holds are skipped. An operation that somebody else logs at the same moment violates the log's
 * key, which undoes the statement as a whole: nothing of it was stored. What is known is looked up by a subquery, since
 * `exists` may be answered by reading the whole log.
 */
export const createPlainStore =
  (sql: Sql) =>
  async (saves: readonly Save[]): Promise<(SaveOutcome | null)[]> => {
    const outcomes = saves.map((): SaveOutcome | null => null)
    const rows = await sql<Stored[]>`
      with input as materialized (
        select *, (
          select true from exams.answer_log known where known.attempt_id = input.a and known.operation_id = input.o
        ) as is_known
        from json_to_recordset(${toJson(saves)}::text::json)
          as input (i int, a uuid, q text, o uuid, s int, b boolean, ah text, r jsonb)
      ), held as materialized (
        select id, deadline from exams.attempts
        where id = any(${idsOf(saves)}::uuid[]) and state = 'open' and paused_at is null
        order by id for share skip locked
      ), moment as materialized (
        select date_trunc('milliseconds', clock_timestamp()) as now from (select count(*) from held) as all_held
      ), plain as materialized (
        select input.*, held.deadline, moment.now
        from input join held on held.id = input.a cross join moment
        where not coalesce(input.is_known, false) and (held.deadline is null or moment.now <= held.deadline)
      ), stored as (
        insert into exams.answers (attempt_id, question_id, seq, operation_id, response, is_blank, is_late, stored_at)
        select a, q, s, o, r, b, false, now from plain order by a, q
        on conflict (attempt_id, question_id) do update set
          seq = excluded.seq, operation_id = excluded.operation_id, response = excluded.response,
          is_blank = excluded.is_blank, is_late = excluded.is_late, stored_at = excluded.stored_at
        where answers.seq < excluded.seq
        returning attempt_id, question_id
      ), done as materialized (
        select plain.*, stored.attempt_id is null as is_stale
        from plain left join stored on (stored.attempt_id, stored.question_id) = (a, q)
      ), logged as (
        insert into exams.answer_log
          (attempt_id, operation_id, question_id, seq, answer_hash, response, is_late, is_stale, stored_at)
        select a, o, q, s, ah, r, false, is_stale, now from done order by a, o
      )
      select i as index, is_stale as "isStale",
        (extract(epoch from now) * 1000)::float8 as now, (extract(epoch from deadline) * 1000)::float8 as deadline
      from done`.catch(undoneIfKnown)
    for (const { index, now, deadline, isStale } of rows) {
      const attempt: AttemptClock = { state: 'open', deadline, pausedAt: null, sealedAt: null, cause: null }
      const seq = saves[index]?.seq ?? 0
      outcomes[index] = { kind: 'stored', now, attempt, seq, storedAt: now, isLate: false, isStale, current: null }
    }
    return withCurrent(sql, saves, outcomes)
  }

/** One text for the whole batch: cheaper to write here and to read there than a list for each column. */
function toJson(saves: readonly Save[]): string {
  const rows = saves.map(
    ({ attemptId, questionId, operationId, seq, isBlank, answerHash, response }, index) =>
      `{"i":${index},"a":"${attemptId}","q":${JSON.stringify(questionId)},"o":"${operationId}","s":${seq},"b":${isBlank},"ah":"${answerHash}","r":${response}}`,
  )
  return `[${rows.join(',')}]`
}

const idsOf = (saves: readonly Save[]): string => `{${saves.map(({ attemptId }) => attemptId).join(',')}}`

/** SQLSTATE 23505. */
function undoneIfKnown(error: unknown): Stored[] {
  if (error instanceof Error && 'code' in error && error.code === '23505') return []
  throw error
}

/** Whoever came with an old number is told what is stored. */
async function withCurrent(
  sql: Sql,
  saves: readonly Save[],
  outcomes: (SaveOutcome | null)[],
): Promise<(SaveOutcome | null)[]> {
  const stale = saves.filter((_, index) => isStale(outcomes[index]))
  if (stale.length === 0) return outcomes
  const currents = await readCurrent(sql, stale)
  return outcomes.map((outcome, index) => {
    const save = saves[index]
    if (!save || outcome?.kind !== 'stored' || !outcome.isStale) return outcome
    return { ...outcome, current: currents.get(keyOf(save.attemptId, save.questionId)) ?? null }
  })
}

const isStale = (outcome: SaveOutcome | null | undefined) => outcome?.kind === 'stored' && outcome.isStale
