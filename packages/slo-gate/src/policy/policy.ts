import { z } from 'zod'
import { Freeze } from './freeze'

const Share = z.number().min(0).max(1)
const Mode = z.enum(['enforce', 'warn', 'report'])

const Tier = z.strictObject({
  /** What becomes of a verdict that cannot be told: it stops the deploy, or warns, or one of the last 15 minutes stands in. */
  whenUnknown: z.enum(['closed', 'open-with-warn', 'last-known-good']).default('closed'),
  /** Row 10. */
  whenEmpty: z.enum(['block', 'warn']).default('block'),
  reserve: Share.default(0.1),
  emptyWithinHours: z.number().positive().default(24),
  leastBadEvents: z.int().min(1).default(3),
})

const Need = z.strictObject({
  service: z.string(),
  /** What becomes of a deploy while the other one burns, or has no budget left. */
  outcome: z.enum(['block', 'warn']).default('warn'),
})

const Service = z.strictObject({
  tier: z.string(),
  /** Files that belong to it, as globs; a deploy that says what it changed concerns these. */
  paths: z.array(z.string()).default([]),
  /** What it cannot do without. */
  needs: z.array(Need).default([]),
  /** PromQL that answers 1 while it runs; `$service` is its name. */
  up: z.string().default('max(up{job="services", service="$service"})'),
  reserve: Share.optional(),
  mode: Mode.optional(),
})

const Environment = z.strictObject({
  mode: Mode.default('enforce'),
  /** Added to every selector of every query, such as `{ cluster: eu }`. */
  labels: z.record(z.string().regex(/^[a-zA-Z_]\w*$/), z.string()).default({}),
})

const Exams = z.strictObject({
  environments: z.array(z.string()).min(1),
  /** All where none is named. */
  services: z.array(z.string()).optional(),
  minutesBefore: z.number().min(0).default(30),
  minutesAfter: z.number().min(0).default(30),
  /** What counts as an exam that runs: one whose time it is, and attempts that are open, such as those with more time. */
  while: z
    .array(z.enum(['exam', 'attempt']))
    .min(1)
    .default(['exam', 'attempt']),
  /** Figures of the exam room that are older than this are none. */
  staleAfterSeconds: z.number().positive().default(90),
})

/** Who may deploy what, where and when: `slo/gate.yaml`. */
export const Policy = z
  .strictObject({
    version: z.literal('hourglass-gate/v1'),
    tiers: z.record(z.string(), Tier),
    services: z.record(z.string(), Service),
    environments: z.record(z.string(), Environment),
    freezes: z.array(Freeze).default([]),
    exams: Exams.optional(),
    fixLabel: z.string().default('slo-fix'),
    overrides: z
      .strictObject({ longestHours: z.number().positive().default(24), mostIn30Days: z.int().min(0).default(3) })
      .prefault({}),
  })
  .superRefine((policy, context) => {
    const complain = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message })
    for (const [name, { tier, needs }] of Object.entries(policy.services)) {
      if (!(tier in policy.tiers)) complain(['services', name, 'tier'], `There is no tier "${tier}".`)
      for (const { service } of needs) {
        if (!(service in policy.services)) complain(['services', name, 'needs'], `There is no service "${service}".`)
      }
    }
    const places = [policy.exams, ...policy.freezes].flatMap((each) => each?.environments ?? [])
    for (const name of places) {
      if (!(name in policy.environments)) complain(['environments'], `There is no environment "${name}".`)
    }
  })
export type Policy = z.infer<typeof Policy>
export type ExamPolicy = z.infer<typeof Exams>
