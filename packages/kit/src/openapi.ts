import { type AnyElysia, Elysia } from 'elysia'
import { z } from 'zod'

export type JsonSchema = { [keyword: string]: unknown }
export type OpenApiOperation = {
  operationId: string
  summary?: string
  tags?: string[]
  parameters?: object[]
  requestBody?: { required?: boolean; content: Record<string, { schema?: JsonSchema; example?: unknown }> }
  responses: Record<string, object>
  security?: Record<string, string[]>[]
  [extension: string]: unknown
}
export type OpenApiDocument = {
  openapi: '3.1.0'
  info: { title: string; version: string; description?: string }
  paths: Record<string, Record<string, OpenApiOperation>>
  components: { schemas: Record<string, JsonSchema>; [part: string]: unknown }
  [part: string]: unknown
}

type Part = unknown
type Hooks = {
  body?: Part
  query?: Part
  params?: Part
  headers?: Part
  response?: Part
  parse?: Part
  detail?: object
}
type Route = { method: string; path: string; hooks: Hooks }

/**
 * What an app says of itself as an OpenAPI 3.1 document: every public route with its zod schemas as JSON Schema. A route's
 * own `detail` goes over what is derived. Health and internal routes are left out.
 */
export function describe(app: AnyElysia): OpenApiDocument {
  const schemas: Record<string, JsonSchema> = {}
  const paths: OpenApiDocument['paths'] = {}
  // Elysia types the hooks of a route as any; their values are looked at one by one below.
  for (const route of app.routes as unknown as Route[]) {
    if (!route.path.startsWith('/api/')) continue
    const path = toTemplate(route.path)
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: describeRoute(route, schemas) }
  }
  return { openapi: '3.1.0', info: { title: 'Hourglass', version: '1' }, paths, components: { schemas } }
}

/** Serves an app's document to the gateway, where services run one by one: `app.use(openApi(app))` in `index.ts`. */
export const openApi = (app: AnyElysia) =>
  new Elysia({ name: 'openapi' }).get('/internal/openapi.json', () => describe(app))

/** `/api/exams/:id` → `/api/exams/{id}` */
export const toTemplate = (path: string): string => path.replace(/:(\w+)\??/g, '{$1}').replace('*', '{path}')

function describeRoute({ method, path, hooks }: Route, schemas: Record<string, JsonSchema>): OpenApiOperation {
  const operationId = [method.toLowerCase(), ...path.split(/[^A-Za-z0-9]+/).filter((part) => part && part !== 'api')]
    .map((part, index) => (index === 0 ? part : part.slice(0, 1).toUpperCase() + part.slice(1)))
    .join('')
  const read = (part: Part, io: 'input' | 'output') => toSchema(part, io, operationId, schemas)
  const body = read(hooks.body, 'input')
  const parameters = [
    ...parametersOf(read(hooks.params, 'input') ?? paramsIn(path), 'path'),
    ...parametersOf(read(hooks.query, 'input'), 'query'),
    ...parametersOf(read(hooks.headers, 'input'), 'header'),
  ]
  return {
    operationId,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: { required: true, content: { [bodyType(body)]: { schema: body } } } } : {}),
    responses: responsesOf(hooks.response, (part) => read(part, 'output')),
    ...hooks.detail,
  }
}

const bodyType = (schema: JsonSchema) => (schema.type === 'string' ? 'text/plain' : 'application/json')

function paramsIn(path: string): JsonSchema {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '')
  if (path.includes('*')) names.push('path')
  return { properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])) }
}

function parametersOf(schema: JsonSchema | null, place: 'path' | 'query' | 'header'): object[] {
  const { properties = {}, required = [] } = (schema ?? {}) as { properties?: object; required?: string[] }
  return Object.entries(properties).map(([name, part]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: part,
  }))
}

function responsesOf(response: Part, read: (part: Part) => JsonSchema | null): Record<string, object> {
  const isByStatus = typeof response === 'object' && response !== null && !(response instanceof z.ZodType)
  const byStatus: [string, Part][] = isByStatus ? Object.entries(response) : [['200', response]]
  const answers = byStatus.map(([status, part]) => {
    const schema = read(part)
    const content = schema ? { content: { [bodyType(schema)]: { schema } } } : {}
    return [status, { description: Number(status) < 400 ? 'Done' : 'Refused', ...content }]
  })
  return Object.fromEntries(answers)
}

/** A zod schema as JSON Schema; what it names or repeats goes to `schemas`, under a name of this document. */
function toSchema(part: Part, io: 'input' | 'output', owner: string, schemas: Record<string, JsonSchema>) {
  if (!(part instanceof z.ZodType)) return null
  const schema: JsonSchema = z.toJSONSchema(part, { io, unrepresentable: 'any' })
  const { $schema, $defs = {}, ...rest } = schema as { $schema?: string; $defs?: Record<string, JsonSchema> }
  const nameOf = (name: string) => (name.startsWith('__') ? `${owner}.${io}.${name.slice(2)}` : `${name}.${io}`)
  const isSelfReferring = JSON.stringify(schema).includes('"$ref":"#"')
  const self = `${owner}.${io}.self`
  const rename = (value: JsonSchema): JsonSchema => {
    const text = JSON.stringify(value)
      .replace(/"\$ref":"#\/\$defs\/([^"]+)"/g, (_, name: string) => `"$ref":"#/components/schemas/${nameOf(name)}"`)
      .replaceAll('"$ref":"#"', `"$ref":"#/components/schemas/${self}"`)
    return JSON.parse(text)
  }
  for (const [name, definition] of Object.entries($defs)) schemas[nameOf(name)] = rename(definition)
  if (!isSelfReferring) return rename(rest)
  schemas[self] = rename(rest)
  return { $ref: `#/components/schemas/${self}` }
}
