import { z } from 'zod'

const Names = z.record(z.string(), z.string())
const Point = z.tuple([z.number(), z.string()]).transform(([at, value]) => ({ at, value: toNumber(value) }))
export const Vector = z.object({
  resultType: z.literal('vector'),
  result: z.array(z.object({ metric: Names, value: Point })),
})
export const Matrix = z.object({
  resultType: z.literal('matrix'),
  result: z.array(z.object({ metric: Names, values: z.array(Point) })),
})
const Rule = z.object({
  name: z.string(),
  labels: Names.optional(),
  health: z.string(),
  lastError: z.string().optional(),
  lastEvaluation: z.string(),
})
export const RuleGroups = z.object({
  groups: z.array(z.object({ name: z.string(), interval: z.number(), rules: z.array(Rule) })),
})
export type RuleGroup = z.infer<typeof RuleGroups>['groups'][number]

/** Prometheus writes `+Inf`, `-Inf` and `NaN`. */
function toNumber(text: string): number {
  if (/^[+-]?Inf$/.test(text)) return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  return text.trim() === '' ? Number.NaN : Number(text)
}
