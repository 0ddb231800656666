import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { PolicyRow } from '@hourglass/kit/auth/guard'
import { policyTable } from '@hourglass/policy'
import { testCaller, tokenFor } from '@hourglass/testing/service'
import type { AnyElysia } from 'elysia'
import { type Services, startServices } from './services'

const names = ['gateway', 'students', 'quizzes', 'exams', 'grading', 'notifier']
const internalRows = policyTable.filter(({ path }) => path.startsWith('/internal/'))
let services: Services
beforeAll(async () => {
  services = await startServices()
}, 60_000)
afterAll(() => services.close(), 30_000)

/** The service that serves a row, and its name. */
function ownerOf({ path }: PolicyRow): [string, AnyElysia] {
  const found = Object.entries(services.apps).find(([, app]) => app.routes.some((route) => route.path === path))
  if (!found) throw new Error(`nobody serves ${path}`)
  return found
}
const addressOf = ({ path }: PolicyRow) =>
  `http://localhost${path.replace(':digest', 'a'.repeat(64)).replace(':id', Bun.randomUUIDv7())}`

test('an internal route opens to the services of its row alone, each by its own signature', async () => {
  const wrong: string[] = []
  let cells = 0
  for (const row of internalRows) {
    const allowed: readonly string[] =
      typeof row.allow === 'object' && 'services' in row.allow ? row.allow.services : []
    const [owner, app] = ownerOf(row)
    const statusAs = async (caller: string, keyOf = caller, target = owner) => {
      const ask = testCaller(caller, keyOf)(target, async (request) => app.handle(request))
      return (await ask(new Request(addressOf(row), { method: row.method }))).status
    }
    for (const name of names) {
      const [own, stolen, elsewhere] = [
        await statusAs(name),
        await statusAs(name, name === 'exams' ? 'grading' : 'exams'),
        await statusAs(name, name, owner === 'exams' ? 'grading' : 'exams'),
      ]
      cells += 3
      const isLetIn = own !== 401 && own !== 403
      if (isLetIn !== allowed.includes(name)) wrong.push(`${row.path} as ${name}: ${own}`)
      if (stolen !== 401) wrong.push(`${row.path} as ${name} with another’s key: ${stolen}`)
      if (elsewhere !== 401) wrong.push(`${row.path} as ${name} with a token for another: ${elsewhere}`)
    }
  }
  expect(wrong).toEqual([])
  expect(cells).toBeGreaterThan(100)
})

test('an internal route is nothing to people, nor to nobody', async () => {
  const admin = await tokenFor({ personId: Bun.randomUUIDv7(), role: 'admin' })
  for (const row of internalRows) {
    const [, app] = ownerOf(row)
    for (const authorization of [null, admin]) {
      const headers = new Headers(authorization === null ? {} : { authorization })
      const response: Response = await app.handle(new Request(addressOf(row), { method: row.method, headers }))
      expect({ path: row.path, status: response.status }).toEqual({ path: row.path, status: 401 })
    }
  }
})

test('the exam room may not ask for a key', async () => {
  const ask = testCaller('exams')(
    'quizzes',
    async (request) => services.apps.quizzes?.handle(request) ?? new Response(),
  )
  const response = await ask(new Request(`http://localhost/internal/keys/${'a'.repeat(64)}`))
  expect(response.status).toBe(403)
})

test('through the gateway no signature opens an internal route, and a service is nobody on a public one', async () => {
  const ask = (target: string) => testCaller('grading')(target, (request) => fetch(request))
  for (const row of internalRows) {
    const [owner] = ownerOf(row)
    const { pathname } = new URL(addressOf(row))
    expect((await ask(owner)(new Request(`${services.url}${pathname}`))).status).toBe(404)
  }
  expect((await ask('exams')(new Request(`${services.url}/api/exams`))).status).toBe(401)
})
