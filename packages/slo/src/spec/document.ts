import { z } from 'zod'

/** Sloth's own pattern for the names of services and SLOs: two characters at least. */
const Name = z.string().regex(/^[A-Za-z0-9][-A-Za-z0-9_.]*[A-Za-z0-9]$/, {
  error:
    'must have two characters or more, begin and end with a letter or digit, and between them only those and . _ -',
})

/** YAML reads `tier: 1` as a number; Prometheus knows only text. */
const Text = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)], {
  error: 'must be text',
})
const Labels = z.record(
  z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, { error: 'is no name of a label' }),
  Text.refine((value) => value !== '', { error: 'must not be empty' }),
)

const Query = z
  .string()
  .trim()
  .refine((query) => /\{\{ *\.window *\}\}/.test(query), { error: 'must contain {{.window}}' })

const Events = z
  .strictObject({ error_query: Query, total_query: Query })
  .refine((events) => events.error_query !== events.total_query, {
    error: 'error_query and total_query must not be the same',
  })

const SliPlugin = z.strictObject({ id: z.string().min(1), options: z.record(z.string(), Text).default({}) })

const Sli = z
  .strictObject({
    events: Events.optional(),
    raw: z.strictObject({ error_ratio_query: Query }).optional(),
    plugin: SliPlugin.optional(),
  })
  .refine((sli) => Object.values(sli).filter(Boolean).length === 1, {
    error: 'must have exactly one of events, raw and plugin',
  })

const Alert = z.strictObject({
  disable: z.boolean().default(false),
  labels: Labels.default({}),
  annotations: Labels.default({}),
})
const on = { disable: false, labels: {}, annotations: {} }

const Alerting = z
  .strictObject({
    name: z.string().default(''),
    labels: Labels.default({}),
    annotations: Labels.default({}),
    page_alert: Alert.default(on),
    ticket_alert: Alert.default(on),
  })
  .refine(({ name, page_alert, ticket_alert }) => name !== '' || (page_alert.disable && ticket_alert.disable), {
    error: 'is required unless both alerts are disabled',
    path: ['name'],
  })

/** Sloth's plugins of rules. They are read and handed on; nothing here runs them. */
const RulePlugins = z.strictObject({
  overridePrevious: z.boolean().default(false),
  chain: z
    .array(z.strictObject({ id: z.string().min(1), config: z.unknown().optional(), priority: z.int().default(0) }))
    .default([]),
})

const Slo = z.strictObject({
  name: Name,
  description: z.string().default(''),
  objective: z.number().gt(0, { error: 'must be above 0' }).lte(100, { error: 'must not be above 100' }),
  labels: Labels.default({}),
  plugins: RulePlugins.optional(),
  sli: Sli,
  alerting: Alerting,
})

/** One document of a file of Sloth's: `prometheus/v1`, as its version 0.16 reads it, and nothing beside it. */
export const SlothDocument = z.strictObject({
  version: z.literal('prometheus/v1', { error: 'must be "prometheus/v1"' }),
  service: Name,
  labels: Labels.default({}),
  slo_plugins: RulePlugins.optional(),
  slos: z.array(Slo).min(1, { error: 'must have one SLO at least' }),
})
export type SlothDocument = z.infer<typeof SlothDocument>
export type SlothSlo = z.infer<typeof Slo>
