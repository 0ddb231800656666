import { pgSchema, timestamp } from 'drizzle-orm/pg-core'

export const grading = pgSchema('grading')

export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
