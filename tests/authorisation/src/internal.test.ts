import { afterAll, beforeAll, expect, setSystemTime, test } from 'bun:test'
import { generateKeyPairSync } from 'node:crypto'
import { connect } from 'node:net'
import type { PolicyRow } from '@hourglass/kit/auth/guard'
import { createServiceCaller } from '@hourglass/kit/auth/service-identity'
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

test('an internal route refuses a token that has run out, and one of a key that nobody knows', async () => {
  const privateKey = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  for (const row of internalRows) {
    const [owner, app] = ownerOf(row)
    const [caller = ''] = typeof row.allow === 'object' && 'services' in row.allow ? row.allow.services : []
    const request = new Request(addressOf(row), { method: row.method })
    const statusOf = async (call: ReturnType<typeof testCaller>) =>
      (
        await call(owner, async (signed) => {
          setSystemTime()
          return app.handle(signed)
        })(request.clone())
      ).status
    setSystemTime(new Date(Date.now() - 61_000))
    expect({ path: row.path, late: await statusOf(testCaller(caller)) }).toEqual({ path: row.path, late: 401 })
    const unknown = createServiceCaller(caller, { kid: `${caller}-unknown`, privateKey })
    expect({ path: row.path, unknown: await statusOf(unknown) }).toEqual({ path: row.path, unknown: 401 })
  }
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

test('no way of writing an internal path gets through the gateway', async () => {
  let authorization = ''
  await testCaller('grading')('exams', async (request) => {
    authorization = request.headers.get('authorization') ?? ''
    return new Response()
  })(new Request('http://localhost/'))
  for (const row of internalRows.filter(({ method }) => method === 'GET')) {
    const { pathname } = new URL(addressOf(row))
    const below = pathname.slice(1)
    const written = [
      ...[pathname, `/${pathname}`, `/.${pathname}`, `/api/..${pathname}`, `/api/%2e%2e${pathname}`, `/api${pathname}`],
      ...[`/api/exams/../..${pathname}`, `/api/exams/%2e%2e/%2e%2e${pathname}`, `/api/exams/..%2f..%2f${below}`],
      ...[
        `/api/exams/..\\..\\${below}`,
        `/api/exams//..//..${pathname}`,
        pathname.toUpperCase(),
        `http://exams${pathname}`,
      ],
      `/api/exams/%252e%252e/%252e%252e${pathname}`,
    ]
    for (const path of written) {
      const status = await rawStatus(path, authorization)
      expect({ path, isRefused: [400, 401, 404].includes(status) }).toEqual({ path, isRefused: true })
    }
  }
})

/** The status of a request whose path goes out as it is written: a fetch would tidy it. */
function rawStatus(path: string, authorization: string): Promise<number> {
  const { hostname, port } = new URL(services.url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname)
    socket.once('error', reject)
    socket.once('data', (bytes) => {
      resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(bytes.toString())?.[1]))
      socket.destroy()
    })
    socket.write(
      `GET ${path} HTTP/1.1\r\nhost: localhost\r\nauthorization: ${authorization}\r\nconnection: close\r\n\r\n`,
    )
  })
}
