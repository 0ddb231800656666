import { expect, test } from 'bun:test'
import { Elysia } from 'elysia'
import { z } from 'zod'
import { describe, openApi } from './openapi'

type Tree = { name: string; children: Tree[] }
const Tree: z.ZodType<Tree> = z.lazy(() => z.object({ name: z.string(), children: z.array(Tree) }))
const app = new Elysia({ prefix: '/api/things', tags: ['things'] })
  .get('/:id', () => ({ name: 'a', children: [] }), {
    params: z.object({ id: z.uuid() }),
    query: z.object({ limit: z.coerce.number().default(50) }),
    response: { 200: Tree, 404: z.object({ kind: z.string() }) },
    detail: { summary: 'One thing' },
  })
  .post('', ({ body }) => body, {
    body: z.object({ name: z.string().default('x') }),
    response: z.object({ name: z.string() }),
  })
  .get('/files/*', () => 'x')

test('a route is described by its own schemas', () => {
  const { paths } = describe(app)
  expect(paths['/api/things/{id}']?.get).toMatchObject({
    operationId: 'getThingsId',
    summary: 'One thing',
    tags: ['things'],
    parameters: [
      { name: 'id', in: 'path', required: true, schema: { format: 'uuid' } },
      { name: 'limit', in: 'query', required: false, schema: { default: 50 } },
    ],
  })
  expect(Object.keys(paths['/api/things/{id}']?.get?.responses ?? {})).toEqual(['200', '404'])
  expect(paths['/api/things/files/{path}']?.get?.parameters).toMatchObject([{ name: 'path', required: true }])
})

test('a member with a default may be left out of a body and is always in an answer', () => {
  const post = describe(app).paths['/api/things']?.post
  expect(post?.requestBody?.content['application/json']?.schema).not.toHaveProperty('required')
  expect(post?.responses['200']).toMatchObject({ content: { 'application/json': { schema: { required: ['name'] } } } })
})

test('every reference leads somewhere in the document, that of a schema to itself too', () => {
  const document = describe(app)
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)]
  expect(references.length).toBeGreaterThan(0)
  for (const [, name = ''] of references) expect(Object.keys(document.components.schemas)).toContain(name)
  expect(JSON.stringify(document)).not.toContain('$defs')
})

test('health and internal routes are not in it', async () => {
  const whole = new Elysia()
    .use(app)
    .get('/health/live', () => 'ok')
    .get('/internal/keys/:digest', () => 'secret')
  const served = whole.use(openApi(whole))
  const response = await served.handle(new Request('http://localhost/internal/openapi.json'))
  expect(Object.keys((await response.json()).paths)).toEqual([
    '/api/things/{id}',
    '/api/things',
    '/api/things/files/{path}',
  ])
})
