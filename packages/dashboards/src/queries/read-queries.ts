import { z } from 'zod'

const Target = z.object({
  refId: z.string(),
  expr: z.string().optional(),
  query: z.string().optional(),
  legendFormat: z.string().optional(),
  exemplar: z.boolean().optional(),
})
/** How numbers are shown. */
const Look = z.object({
  unit: z.string().optional(),
  max: z.number().optional(),
  custom: z.object({ stacking: z.object({ mode: z.string() }).optional() }).optional(),
  thresholds: z.object({ steps: z.array(z.object({ value: z.number().nullable(), color: z.string() })) }).optional(),
})
const Panel = z.object({
  type: z.string(),
  title: z.string(),
  description: z.string().optional(),
  datasource: z.object({ uid: z.string() }).optional(),
  targets: z.array(Target).default([]),
  fieldConfig: z.object({ defaults: Look }).optional(),
  options: z.object({ content: z.string().optional() }).optional(),
  gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
})
const Variable = z.object({ name: z.string(), type: z.string(), definition: z.string().optional() })
const Annotation = z.object({ name: z.string(), datasource: z.object({ uid: z.string() }), expr: z.string() })

/** A dashboard's file, as far as we look into it. */
export const DashboardFile = z.object({
  uid: z.string(),
  title: z.string(),
  panels: z.array(Panel),
  templating: z.object({ list: z.array(Variable) }),
  annotations: z.object({ list: z.array(Annotation) }),
})
export type DashboardFile = z.infer<typeof DashboardFile>

export type PageQuery = {
  /** Where it stands: `application / Errors by service / A`. */
  place: string
  source: string
  expr: string
  /** What finds the data of a panel, what marks moments on it, what fills a variable. */
  kind: 'panel' | 'annotation' | 'variable'
}

/** Every query of a dashboard, with its variables still in it. */
export function readQueries({ uid, panels, annotations, templating }: DashboardFile): PageQuery[] {
  const ofPanels = panels.flatMap(({ title, datasource, targets }) =>
    targets.map(({ refId, expr, query }) => ({
      place: `${uid} / ${title} / ${refId}`,
      source: datasource?.uid ?? '',
      expr: expr ?? query ?? '',
      kind: 'panel' as const,
    })),
  )
  const ofAnnotations = annotations.list.map(({ name, datasource, expr }) => ({
    place: `${uid} / ${name}`,
    source: datasource.uid,
    expr,
    kind: 'annotation' as const,
  }))
  const ofVariables = templating.list.flatMap(({ name, definition }) => {
    const selector = /^label_values\((.+), \w+\)$/.exec(definition ?? '')?.[1]
    return selector
      ? [{ place: `${uid} / $${name}`, source: 'prometheus', expr: selector, kind: 'variable' as const }]
      : []
  })
  return [...ofPanels, ...ofAnnotations, ...ofVariables]
}

/** The names of the variables in a text; Grafana's own begin with two underscores. */
export const variablesIn = (text: string): string[] =>
  [...text.matchAll(/\$(?:\{(\w+)[^}]*\}|(\w+))/g)].map(([, braced, bare]) => braced ?? bare ?? '')

/** A query with values in place of its variables. Throws for one that has none. */
export function fillVariables(expr: string, values: Readonly<Record<string, string>>): string {
  return expr.replaceAll(/\$(?:\{(\w+)[^}]*\}|(\w+))/g, (_, braced?: string, bare?: string) => {
    const name = braced ?? bare ?? ''
    const value = values[name]
    if (value === undefined) throw new Error(`no value for the variable ${name} in ${expr}`)
    return value
  })
}

/** What Grafana puts there when everything is chosen, on a page of half an hour. */
export const usualValues: Readonly<Record<string, string>> = {
  ...{ service: '.+', instance: '.+', node: '.+', database: '.+', quantile: '0.95', id: '', exam: '' },
  ...{ __rate_interval: '1m', __auto: '1m' },
}
