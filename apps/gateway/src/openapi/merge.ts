import type { Allow, PolicyRow } from '@hourglass/kit/auth/guard'
import type { Logger } from '@hourglass/kit/logger'
import { type OpenApiDocument, type OpenApiOperation, toTemplate } from '@hourglass/kit/openapi'
import { examples } from './examples'

export type DocumentSource = { name: string; document: () => Promise<OpenApiDocument> }

const errorSchema = {
  type: 'object',
  required: ['kind', 'message', 'requestId'],
  properties: {
    kind: { type: 'string', description: 'What went wrong, for programs.' },
    message: { type: 'string', description: 'What went wrong, for people.' },
    requestId: { type: 'string', description: 'Names this request in the logs.' },
    faults: {
      type: 'array',
      items: { type: 'object', properties: { path: { type: 'string' }, message: { type: 'string' } } },
    },
  },
  example: { kind: 'not-found', message: 'There is no such exam.', requestId: '019aaf3e-8d7c-7000-8000-2f1f6a0b9c11' },
}

const securitySchemes = {
  person: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'The access token of POST /api/sessions.',
  },
  seat: {
    type: 'apiKey',
    in: 'header',
    name: 'authorization',
    description: '`Seat <token>`: opens one attempt until its end, from POST /api/attempts.',
  },
}

/**
 * One document of all services. A service that does not answer is named in `x-missing` and left out; who may call what
 * comes from the policy table, so page and guard cannot disagree.
 */
export async function mergeDocuments(
  sources: readonly DocumentSource[],
  policy: readonly PolicyRow[],
  log: Logger,
): Promise<OpenApiDocument> {
  const parts = await Promise.all(
    sources.map(async ({ name, document }) => {
      try {
        return { name, document: ownNames(name, await document()) }
      } catch (error) {
        log.warn({ err: error, source: name }, 'no OpenAPI document')
        return { name, document: null }
      }
    }),
  )
  const missing = parts.filter((part) => part.document === null).map((part) => part.name)
  const paths: OpenApiDocument['paths'] = {}
  const schemas: OpenApiDocument['components']['schemas'] = { Error: errorSchema }
  for (const { document } of parts) {
    if (!document) continue
    Object.assign(schemas, document.components.schemas)
    for (const [path, operations] of Object.entries(document.paths)) paths[path] = { ...paths[path], ...operations }
  }
  for (const row of policy) finishOperation(paths[toTemplate(row.path)]?.[row.method.toLowerCase()], row)
  return {
    openapi: '3.1.0',
    info: {
      title: 'Hourglass',
      version: '1',
      description: 'Timed quizzes that count. Lists answer `{ items, next }`; creates take an `Idempotency-Key`.',
    },
    servers: [{ url: '/' }],
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: { schemas, securitySchemes },
    ...(missing.length > 0 ? { 'x-missing': missing } : {}),
  }
}

/** Two services may name a schema alike: each one's names get its own in front. */
function ownNames(name: string, document: OpenApiDocument): OpenApiDocument {
  const own = JSON.stringify(document).replaceAll('"#/components/schemas/', `"#/components/schemas/${name}.`)
  const renamed: OpenApiDocument = JSON.parse(own)
  const schemas = Object.entries(renamed.components.schemas).map(([key, schema]) => [`${name}.${key}`, schema])
  return { ...renamed, components: { ...renamed.components, schemas: Object.fromEntries(schemas) } }
}

function finishOperation(operation: OpenApiOperation | undefined, { method, path, allow }: PolicyRow): void {
  if (!operation) return
  operation.security = securityOf(allow)
  operation['x-allow'] = allow
  const example = examples[`${method} ${path}`]
  const content = Object.values(operation.requestBody?.content ?? {})[0]
  if (content && example !== undefined) content.example ??= example
  operation.responses.default ??= {
    description: 'Refused or failed',
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
  }
}

function securityOf(allow: Allow): Record<string, string[]>[] {
  if (allow === 'public') return []
  return typeof allow === 'object' && 'seat' in allow ? [{ seat: [] }, { person: [] }] : [{ person: [] }]
}
