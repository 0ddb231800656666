import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { examples } from '@hourglass/gateway/openapi-examples'
import { serviceOf } from '@hourglass/gateway/routing'
import { toTemplate } from '@hourglass/kit/openapi'
import { policyTable } from '@hourglass/policy'
import { createApi } from '@hourglass/support/api'
import { Validator } from '@seriousme/openapi-schema-validator'
import { createPerson } from './school'
import { type Services, startServices } from './services'

type Operation = { summary?: string; operationId: string; responses: object; security: object[] }
type Document = { paths: Record<string, Record<string, Operation>> }

let services: Services
let document: Document

beforeAll(async () => {
  services = await startServices()
  document = await createApi(services.url).must<Document>('GET', '/api/openapi.json')
}, 60_000)
afterAll(() => services.close(), 30_000)

const servedRows = () =>
  policyTable.filter(({ path }) => {
    const owner = serviceOf(path.split('/')[2] ?? '')
    return path.startsWith('/api/') && (owner === null || services.apps[owner] !== undefined)
  })

describe('the OpenAPI document of all services', () => {
  test('is valid', async () => {
    expect(await new Validator().validate(structuredClone(document))).toMatchObject({ valid: true })
  })

  test('holds every row of the policy table, each with a summary, and nothing internal', () => {
    const missing = servedRows().filter(
      ({ method, path }) => !document.paths[toTemplate(path)]?.[method.toLowerCase()]?.summary,
    )
    expect(missing.map(({ method, path }) => `${method} ${path}`)).toEqual([])
    expect(Object.keys(document.paths).filter((path) => !path.startsWith('/api/'))).toEqual([])
  })

  test('has a name of its own for every operation', () => {
    const names = Object.values(document.paths).flatMap((operations) =>
      Object.values(operations).map((one) => one.operationId),
    )
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  test('has examples that run as they are', async () => {
    const { api } = await createPerson(services, 'teacher')
    for (const [name, body] of Object.entries(examples)) {
      const [method = '', path = ''] = name.split(' ')
      if (!servedRows().some((row) => row.method === method && row.path === path)) continue
      const answer = await api.ask(method, path, body)
      expect({ name, status: answer.status, body: answer.status < 300 ? null : answer.body }).toMatchObject({
        name,
        body: null,
      })
    }
  })
})
