import type { Window } from '@hourglass/slo/burn'
import type { Slo } from '@hourglass/slo/spec'
import type { Change } from '../change'

/** What one window holds. A figure that no query answered is `null`, never 0. */
export type WindowReading = {
  /** Share of bad events. Absent where there was no traffic. */
  ratio: number | null
  /** Events, as the recorded 5-minute rates add up to them. */
  total: number | null
  bad: number | null
  /** 0 where it is sure that there was no traffic; of another size than `total`. */
  inside: number | null

  /** Which part of the window has data, 0 to 1. */
  coverage: number
  /** The PromQL that answered the ratio. */
  query: string
}

/** `silent`: no data for longer than `vanishedWithin`, and some before; `never`: none within 30 days. */
export type Traffic = 'flowing' | 'idle' | 'vanished' | 'silent' | 'never'

/** What Prometheus said of an SLO. */
export type Reading =
  | { kind: 'failed'; why: string }
  | { kind: 'stale'; why: readonly string[] }
  | {
      kind: 'read'
      traffic: Traffic
      windows: Readonly<Record<Window, WindowReading>>
      /** When the oldest of its rules was last evaluated, as the server writes it; `null` of a moment of the past. */
      rulesEvaluatedAt: string | null
      /** Bad events an hour over the last 30 days, the oldest first; asked only where the budget is empty. */
      badByHour: readonly number[] | null
    }

export type ReadReading = Extract<Reading, { kind: 'read' }>

/** What the policy says of one service in one environment. */
export type Terms = {
  tier: string
  mode: 'enforce' | 'warn' | 'report'
  whenUnknown: 'closed' | 'open-with-warn' | 'last-known-good'
  whenEmpty: 'block' | 'warn'
  /** The share of the budget that a deploy must leave untouched. */
  reserve: number
  /** A budget that will be empty within so many hours warns. */
  emptyWithinHours: number
  /** Fewer bad events than this are chance. */
  leastBadEvents: number
  /** The label of a pull request that mends the burning service. */
  fixLabel: string
}

export type Freeze = { name: string; reason: string; until: number | null }

/** `unknown`: the exam room could not be asked. `null` where no exam matters to this deploy. */
export type ExamRoom =
  | { kind: 'unknown'; why: string }
  | { kind: 'free' }
  | { kind: 'busy'; why: string; until: number | null }

export type Dependency = {
  service: string
  /** How one gets there: `['exams', 'students']`. */
  path: readonly string[]
  outcome: 'block' | 'warn'
  state: 'healthy' | 'burning' | 'empty' | 'unknown'
  why: string
}

export type Override = { id: string; by: string; reason: string; ticket: string; expiresAt: number }

/** Everything that the verdict about one SLO rests on. Times in seconds since 1970. */
export type SloFacts = {
  now: number
  slo: Slo
  change: Change
  terms: Terms
  override: Override | null
  freezes: readonly Freeze[]
  exams: ExamRoom | null
  reading: Reading
  dependencies: readonly Dependency[]
  /** When this SLO was last judged fit by evidence, from the audit file. */
  lastKnownGoodAt: number | null
}
