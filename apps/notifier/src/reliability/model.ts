import { z } from 'zod'

const Share = z.number().min(0).max(1)

/** One window of a promise. `burnRate` 1 empties the budget in just 30 days; `null` when nothing happened. */
const WindowReport = z.object({
  window: z.enum(['5m', '30m', '1h', '2h', '6h', '1d', '3d', '30d']),
  minutes: z.number().int(),
  burnRate: z.number().min(0).nullable(),
  /** How much of the window has data. */
  coverage: Share,
  total: z.number().min(0),
  bad: z.number().min(0),
  /** An alert may begin above these burn rates, in this window and another. */
  thresholds: z.array(z.object({ severity: z.enum(['page', 'ticket']), burnRate: z.number() })),
})

const PromiseReport = z.object({
  id: z.string(),
  service: z.string(),
  /** What is promised, in a sentence. */
  promise: z.string(),
  /** Percent of events that must be good. */
  objective: z.number(),
  whoFeels: z.string(),
  why: z.string(),
  excluded: z.string(),
  /** The page of this clone's `docs/` that says what to do. */
  runbook: z.string(),
  /** `page`: somebody must act now. `ticket`: in the next days. `unknown`: there are no figures. */
  state: z.enum(['fine', 'ticket', 'page', 'unknown']),
  /** Of the budget of 30 days: 1 when nothing was spent, below 0 when it is overspent, `null` when nothing is known. */
  budgetLeft: z.number().max(1).nullable(),
  /** At the pace of the last hour; `null` when nothing burns or nothing is known. */
  hoursToEmpty: z.number().min(0).nullable(),
  windows: z.array(WindowReport),
})
export type PromiseReport = z.infer<typeof PromiseReport>

export const ReliabilityReport = z.object({
  /** Who counted: the program itself, or a Prometheus. */
  source: z.enum(['own', 'prometheus', 'none']),
  /** Why there are no figures; `null` when there are. */
  missing: z.enum(['address', 'answer', 'rules', 'metrics']).nullable(),
  measuredAt: z.iso.datetime().nullable(),
  periodDays: z.number().int(),
  promises: z.array(PromiseReport),
})
export type ReliabilityReport = z.infer<typeof ReliabilityReport>
