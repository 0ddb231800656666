import { z } from 'zod'

/** What became of one row. `invitation` is a path such as `/invitation#…`, for an account that has no password yet. */
export const RosterRow = z.object({
  /** Line of the file, the header being 1. */
  line: z.int(),
  email: z.string(),
  name: z.string(),
  result: z.enum(['created', 'added', 'changed', 'unchanged', 'refused']),
  reason: z.string().nullable(),
  personId: z.uuid().nullable(),
  invitation: z.string().nullable(),
})
export type RosterRow = z.infer<typeof RosterRow>

export const RosterReport = z.object({
  created: z.int(),
  added: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  refused: z.int(),
  rows: z.array(RosterRow),
})
export type RosterReport = z.infer<typeof RosterReport>

export const maxRosterBytes = 1_000_000
export const maxRosterRows = 2_000
