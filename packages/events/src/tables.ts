import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, type PgSchema, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

const envelope = {
  name: text('name').notNull(),
  version: integer('version').notNull(),
  occurredAt: instant('occurred_at').notNull(),
  data: jsonb('data').notNull(),
  traceparent: text('traceparent'),
}

/** The four tables of events in a service's own schema; exported from its `schema.ts`, so that its migrations make them. */
export function createEventTables(schema: PgSchema) {
  /** What this service has to tell; written in the transaction of the change that it tells of. */
  const outbox = schema.table(
    'outbox',
    { id: uuid('id').primaryKey(), ...envelope, publishedAt: instant('published_at') },
    (table) => [
      index('outbox_unpublished').on(table.occurredAt).where(sql`${table.publishedAt} is null`),
      index('outbox_occurred').on(table.occurredAt, table.id),
      check('outbox_data_is_object', sql`jsonb_typeof(${table.data}) = 'object'`),
    ],
  )
  /** What this service has taken in; written in the transaction of its effect, so that an event has its effect once. */
  const inbox = schema.table(
    'inbox',
    {
      consumer: text('consumer').notNull(),
      eventId: uuid('event_id').notNull(),
      receivedAt: instant('received_at').notNull().defaultNow(),
    },
    (table) => [primaryKey({ columns: [table.consumer, table.eventId] })],
  )
  /** What could not be taken in: tried again at `nextAttemptAt`; `null` there means parked until somebody replays it. */
  const parked = schema.table(
    'parked_events',
    {
      consumer: text('consumer').notNull(),
      eventId: uuid('event_id').notNull(),
      ...envelope,
      failures: integer('failures').notNull(),
      reason: text('reason').notNull(),
      firstFailedAt: instant('first_failed_at').notNull().defaultNow(),
      nextAttemptAt: instant('next_attempt_at'),
    },
    (table) => [
      primaryKey({ columns: [table.consumer, table.eventId] }),
      index('parked_events_due').on(table.nextAttemptAt).where(sql`${table.nextAttemptAt} is not null`),
    ],
  )
  /** How far a consumer has looked through another service's events for those that it missed. */
  const cursors = schema.table(
    'event_cursors',
    { consumer: text('consumer').notNull(), source: text('source').notNull(), until: instant('until').notNull() },
    (table) => [primaryKey({ columns: [table.consumer, table.source] })],
  )
  return { outbox, inbox, parked, cursors }
}

export type EventTables = ReturnType<typeof createEventTables>
