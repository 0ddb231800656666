import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { serviceOf } from '@hourglass/gateway/routing'
import type { Allow, PolicyRow } from '@hourglass/kit/auth/guard'
import { policyTable } from '@hourglass/policy'
import { impostors, type Principal, person, seat } from './principals'
import { nowhere, pathOf } from './requests'
import { type Services, startServices } from './services'

let services: Services
let principals: Principal[]

beforeAll(async () => {
  services = await startServices()
  const personId = Bun.randomUUIDv7()
  principals = [
    ...(await impostors(personId)),
    await person('a student', personId, 'student'),
    await person('a teacher', personId, 'teacher'),
    await person('an admin', personId, 'admin'),
    await seat('the holder of a seat', personId, Bun.randomUUIDv7()),
  ]
}, 60_000)
afterAll(() => services.close(), 30_000)

const nameOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`
const isServed = (row: PolicyRow) => {
  const owner = serviceOf(row.path.split('/')[2] ?? '')
  return owner !== null && services.apps[owner] !== undefined && row.path.startsWith('/api/')
}

describe('the policy table', () => {
  test('has a row for every route of every service, and no row without a route', () => {
    for (const [name, app] of Object.entries(services.apps)) {
      const routes = app.routes.map(nameOf).filter((route) => !/ \/health\//.test(route))
      const rows = policyTable.filter(
        ({ path }) => serviceOf(path.split('/')[2] ?? '') === name || isInternalOf(app, path),
      )
      expect({ name, routes: routes.toSorted() }).toEqual({ name, routes: rows.map(nameOf).toSorted() })
    }
  })

  test('has no row twice', () => {
    const names = policyTable.map(nameOf)
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })
})

const isInternalOf = (app: { routes: { path: string }[] }, path: string) =>
  path.startsWith('/internal/') && app.routes.some((route) => route.path === path)

test('on the wire every route refuses whoever its row does not name, before anything else is looked at', async () => {
  const wrong: string[] = []
  let cells = 0
  for (const row of policyTable.filter(isServed)) {
    for (const principal of principals) {
      const expected = refusalOf(row.allow, principal)
      const status = await statusOf(row, principal)
      cells++
      // A public route may refuse for reasons of its own, but no token makes a difference to it.
      const isLetIn =
        row.allow === 'public' ? status === (await statusOf(row, nobody)) : status !== 401 && status !== 403
      const isRight = expected === null ? isLetIn : status === expected
      if (!isRight) wrong.push(`${nameOf(row)} as ${principal.name}: ${status}, expected ${expected ?? 'to be let in'}`)
    }
  }
  expect(wrong).toEqual([])
  expect(cells).toBeGreaterThan(100)
}, 60_000)

function refusalOf(allow: Allow, { is }: Principal): 401 | 403 | null {
  if (allow === 'public') return null
  if (is === 'nobody') return 401
  if (is === 'seat') return typeof allow === 'object' && 'seat' in allow ? null : 401
  if (allow === 'signed-in') return null
  if ('services' in allow) return 401
  const roles = 'seat' in allow ? allow.roles : allow
  return roles.includes(is) ? null : 403
}

const nobody: Principal = { name: 'nobody', authorization: null, is: 'nobody' }
const anywhere = nowhere({ quizRevision: 1, questionRevision: 1, paperQuestion: 'q1' })

async function statusOf(row: PolicyRow, { authorization }: Principal): Promise<number> {
  const response = await fetch(`${services.url}${pathOf(row, anywhere)}`, {
    method: row.method,
    headers: { ...(authorization ? { authorization } : {}), 'content-type': 'application/json' },
    body: row.method === 'GET' ? null : '{}',
  })
  await response.body?.cancel()
  return response.status
}
