import type { Db } from '@hourglass/kit/db/connect'
import { insertRows } from '@hourglass/kit/db/insert-rows'
import { currentTraceparents } from '@hourglass/kit/event-trace'
import { sql } from 'drizzle-orm'
import { contracts, type EventData, type EventName } from './contracts'
import type { EventTables } from './tables'

/**
 * Writes an event beside the change that it tells of: call it with that change's transaction, so neither exists without the
 * other. With an `id` of the caller's making (see `eventIdOf`) a second emission of the same event does nothing.
 * Throws a ZodError if the data breaks its contract: a fault of the program, found before anybody else sees it.
 */
export async function emit<Name extends EventName>(
  tx: Db,
  outbox: EventTables['outbox'],
  name: Name,
  data: EventData<Name>,
  options: { id?: string } = {},
): Promise<void> {
  await emitAll(tx, outbox, name, [{ id: options.id ?? Bun.randomUUIDv7(), data }])
}

/** As `emit`, for many events of one name. */
export async function emitAll<Name extends EventName>(
  tx: Db,
  outbox: EventTables['outbox'],
  name: Name,
  events: readonly { id: string; data: EventData<Name> }[],
): Promise<void> {
  if (events.length === 0) return
  const { version, data: contract } = contracts[name]
  const occurredAt = new Date()
  const traceparentOf = currentTraceparents()
  const rows = events.map(({ id, data }) => ({
    ...{ id, name, version, occurredAt, data: contract.parse(data), traceparent: traceparentOf(data) },
  }))
  await insertRows(tx, outbox, rows, sql`on conflict do nothing`)
}

/** An id that follows from what happened (UUIDv5 form, RFC 9562 §5.5): the same words give the same id in every replica. */
export function eventIdOf(...words: readonly (string | number)[]): string {
  return Bun.randomUUIDv5(words.join('/'), namespace)
}

/** Drawn once for this project; it only has to differ from others'. */
const namespace = '5f3c9f0e-6f0b-4c51-9d5e-8a8f5a3e7b21'
