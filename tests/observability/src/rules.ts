import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { prometheusConfiguration } from '@hourglass/servers/prometheus'
import { z } from 'zod'

const Annotations = z.strictObject({
  summary: z.string().min(10),
  description: z.string().min(40),
  runbook_url: z.string(),
  dashboard_url: z.string(),
})
const Alert = z.strictObject({
  alert: z.string(),
  expr: z.string(),
  for: z.string().optional(),
  labels: z.strictObject({
    severity: z.enum(['page', 'ticket']),
    about: z.string(),
    /** Of a promise, as its rules are made by `bun run slo`. */
    ...{ service: z.string().optional(), burn: z.enum(['fast', 'slow']).optional() },
    ...{ sloth_id: z.string().optional(), sloth_service: z.string().optional(), sloth_slo: z.string().optional() },
  }),
  annotations: Annotations,
})
const Recording = z.strictObject({
  record: z.string(),
  expr: z.string(),
  labels: z.record(z.string(), z.string()).optional(),
})
const RuleFile = z.object({
  groups: z.array(z.object({ name: z.string(), rules: z.array(z.union([Alert, Recording])) })),
})

const Expectation = z.object({ expr: z.string(), eval_time: z.string(), exp_samples: z.array(z.unknown()) })
const TestFile = z.object({
  tests: z.array(z.object({ name: z.string(), promql_expr_test: z.array(Expectation).default([]) })),
})

export type Alert = z.infer<typeof Alert>

/** An alert of a promise of slo/: several have one name and one page, and packages/slo tests when each fires. */
export const isOfPromise = ({ labels }: Pick<Alert, 'labels'>): boolean => labels.sloth_id !== undefined

/** What a test expects of one alert at `seconds` after its beginning. */
export type Moment = { seconds: number; isFiring: boolean }

const yamlIn = (folder: string): unknown[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yml'))
    .map((name) => Bun.YAML.parse(readFileSync(join(folder, name), 'utf8')))

/** Every rule of prometheus/rules. */
export function readRules(): { alerts: Alert[]; recordings: z.infer<typeof Recording>[] } {
  const rules = yamlIn(join(prometheusConfiguration, 'rules')).flatMap((file) =>
    RuleFile.parse(file).groups.flatMap((group) => group.rules),
  )
  return {
    alerts: rules.filter((rule) => 'alert' in rule),
    recordings: rules.filter((rule) => 'record' in rule),
  }
}

/** For each test of prometheus/tests: of which alert it speaks, and what it expects of it, in the order of time. */
export const readTests = (): { name: string; alert: string; moments: Moment[] }[] =>
  yamlIn(join(prometheusConfiguration, 'tests')).flatMap((file) =>
    TestFile.parse(file).tests.map(({ name, promql_expr_test: expectations }) => ({
      name,
      alert: name.replace(/:.*/, ''),
      moments: expectations
        .filter(({ expr }) => expr.includes(`alertname="${name.replace(/:.*/, '')}"`))
        .map((each) => ({ seconds: secondsOf(each.eval_time), isFiring: each.exp_samples.length > 0 }))
        .sort((one, other) => one.seconds - other.seconds),
    })),
  )

/** `12m30s` in seconds. */
function secondsOf(duration: string): number {
  const [, minutes = '0', seconds = '0'] = duration.match(/^(?:(\d+)m)?(?:(\d+)s)?$/) ?? []
  return Number(minutes) * 60 + Number(seconds)
}
