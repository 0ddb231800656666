import type { Db } from '@hourglass/kit/db/connect'
import { isDatabaseUnavailable } from '@hourglass/kit/db/is-unavailable'
import type { Logger } from '@hourglass/kit/logger'
import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Envelope } from './contracts'
import type { EventTables } from './tables'

type Row = EventTables['parked']['$inferSelect']

/** Seconds until the next try after the 1st, 2nd, … failure; after the last the event waits for somebody's replay. */
const retrySeconds = [1, 5, 30, 120, 300]
/** Until the next try after the database was away: no fault of the event, and not counted among its failures. */
const outageSeconds = 1
/** For so long; after it something about the event itself may be what the database cannot do in time. */
const outageMs = 60 * 60 * 1_000

/** Keeps an event that its consumer failed to take, and when it is tried again. */
export async function parkFailed(
  db: Db,
  { parked }: EventTables,
  consumer: string,
  envelope: Envelope,
  error: unknown,
  log: Logger,
): Promise<void> {
  const reason = reasonOf(error)
  const counted = isDatabaseUnavailable(error) ? 0 : 1
  const failures = sql<number>`${parked.failures} + ${counted}::int`
  const nextAttemptAt = (count: SQL) => (counted === 0 ? afterSeconds(outageSeconds) : afterFailures(count))
  const [row] = await db
    .insert(parked)
    .values({ ...toRow(consumer, envelope), failures: counted, reason, nextAttemptAt: nextAttemptAt(sql`1`) })
    .onConflictDoUpdate({
      target: [parked.consumer, parked.eventId],
      set: { failures, reason, nextAttemptAt: nextAttemptAt(failures) },
    })
    .returning()
  if (row) logFailure(log, row, error)
}

/** Keeps events that were never tried: to be tried now, or when somebody has them replayed. Those that are kept already stay. */
export async function parkUntried(
  db: Db,
  { parked }: EventTables,
  consumer: string,
  envelopes: readonly Envelope[],
  { reason, isDue }: { reason: string; isDue: boolean },
): Promise<void> {
  if (envelopes.length === 0) return
  const nextAttemptAt = isDue ? sql`clock_timestamp()` : null
  await db
    .insert(parked)
    .values(envelopes.map((envelope) => ({ ...toRow(consumer, envelope), failures: 0, reason, nextAttemptAt })))
    .onConflictDoNothing()
}

/**
 * The next event whose turn has come, or `null`. The try is counted before it begins, one event at a time: one that ends the
 * process is parked in the end like any other that fails, and takes no neighbour with it.
 */
export async function claimDue(db: Db, { parked }: EventTables, consumer: string): Promise<Row | null> {
  const failures = sql<number>`${parked.failures} + 1`
  const due = sql`(
    select event_id from ${parked} due
    where due.consumer = ${consumer} and due.next_attempt_at <= clock_timestamp()
    order by due.next_attempt_at limit 1 for update skip locked
  )`
  const [row] = await db
    .update(parked)
    .set({ failures, nextAttemptAt: afterFailures(failures) })
    .where(and(eq(parked.consumer, consumer), eq(parked.eventId, due)))
    .returning()
  return row ?? null
}

/** Why the try that was claimed last has failed; one that failed since the database was away is not counted. */
export async function noteFailure(
  db: Db,
  { parked }: EventTables,
  row: Row,
  error: unknown,
  log: Logger,
): Promise<void> {
  const isIt = and(eq(parked.consumer, row.consumer), eq(parked.eventId, row.eventId))
  const isOutage = isDatabaseUnavailable(error) && Date.now() - row.firstFailedAt.getTime() < outageMs
  const uncounted = { failures: row.failures - 1, nextAttemptAt: afterSeconds(outageSeconds) }
  const [noted] = await db
    .update(parked)
    .set({ reason: reasonOf(error), ...(isOutage ? uncounted : {}) })
    .where(isIt)
    .returning()
  if (noted) logFailure(log, noted, error)
}

export const envelopeOf = ({ eventId, name, version, occurredAt, data, traceparent }: Row): Envelope => ({
  id: eventId,
  name,
  version,
  occurredAt: occurredAt.toISOString(),
  data,
  traceparent,
})

const toRow = (consumer: string, { id: eventId, occurredAt, data, ...envelope }: Envelope) => ({
  consumer,
  eventId,
  ...envelope,
  data: data ?? {},
  occurredAt: new Date(occurredAt),
})

const afterSeconds = (seconds: number) => sql`clock_timestamp() + make_interval(secs => ${seconds})`

const afterFailures = (failures: SQL) =>
  sql`clock_timestamp() + make_interval(secs => (${sql.raw(`array[${retrySeconds.join(',')}]`)})[${failures}])`

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 2_000)

function logFailure(log: Logger, { consumer, name, eventId, failures, nextAttemptAt }: Row, error: unknown): void {
  const line = { err: error, consumer, event: name, eventId, failures }
  if (nextAttemptAt) log.warn(line, 'event failed, it will be tried again')
  else log.error(line, 'event parked')
}
