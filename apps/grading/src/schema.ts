import { createEventTables } from '@hourglass/events/tables'
import { createIdempotencyTable } from '@hourglass/kit/db/idempotency'
import { grading } from './tables/base'

export * from './tables/attempts'
export * from './tables/content'
export * from './tables/copies'
export * from './tables/decisions'
export * from './tables/regrades'
export * from './tables/results'
export { grading }

export const events = createEventTables(grading)
export const { outbox, inbox, parked, cursors } = events
export const idempotencyKeys = createIdempotencyTable(grading)
