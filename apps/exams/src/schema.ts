import { createEventTables } from '@hourglass/events/tables'
import { createIdempotencyTable } from '@hourglass/kit/db/idempotency'
import { schema } from './tables/base'

export * from './tables/answers'
export * from './tables/attempts'
export * from './tables/audit'
export * from './tables/copies'
export * from './tables/exams'
export * from './tables/seals'
export { schema }

export const events = createEventTables(schema)
export const { outbox, inbox, parked, cursors } = events
export const idempotencyKeys = createIdempotencyTable(schema)
