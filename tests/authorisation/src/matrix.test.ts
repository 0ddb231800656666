import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { PolicyRow } from '@hourglass/kit/auth/guard'
import { policyTable } from '@hourglass/policy'
import { type Principal, seat } from './principals'
import { bodyOf, nowhere, pathOf, type Side } from './requests'
import { createHalf, createPerson, type Half, type Person } from './school'
import { type Services, startServices } from './services'

let services: Services
let ours: Half
let theirs: Half
let others: Record<string, Principal>

beforeAll(async () => {
  services = await startServices()
  ours = await createHalf(services)
  theirs = await createHalf(services)
  await services.settle()
  const as = (name: string, { authorization, role }: Person): Principal => ({ name, authorization, is: role })
  others = {
    otherTeacher: as('the teacher of another class', theirs.teacher),
    otherStudent: as('a student of another class', theirs.student),
    classmate: as('a classmate', ours.classmate),
    stranger: as('a student of no class', await createPerson(services, 'student')),
    otherSeat: await seat('the seat of another attempt', ours.classmate.personId, ours.classmateAttempt),
    ownOtherSeat: await seat(
      'a seat of the same student for another attempt',
      ours.student.personId,
      ours.classmateAttempt,
    ),
    stolenSeat: await seat('a seat for the attempt of somebody else', theirs.student.personId, ours.side.attempt),
  }
}, 90_000)
afterAll(() => services.close(), 30_000)

const nameOf = ({ method, path }: PolicyRow) => `${method} ${path}`

async function ask(row: PolicyRow, { authorization }: { authorization: string | null }, side: Side) {
  const body = bodyOf(row, side)
  const response = await fetch(`${services.url}${pathOf(row, side)}`, {
    method: row.method,
    // One id for all, so that answers can be compared to the byte.
    headers: {
      ...(authorization ? { authorization } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      'x-request-id': 'the-same-for-all',
    },
    body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
  })
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream')
  const text = isStream ? '(stream)' : await response.text()
  if (isStream) await response.body?.cancel()
  const headers = [...response.headers].filter(([name]) => name !== 'date' && name !== 'set-cookie')
  return { status: response.status, text, headers: JSON.stringify(headers) }
}

/** Rows about one thing that the caller's role may ask for, so that only ownership stands between them and it. */
const rowsAbout = (who: Principal['is'], things: RegExp) =>
  policyTable.filter(({ path, allow, method }) => {
    if (!things.test(`${method} ${path}`)) return false
    if (typeof allow === 'string') return allow === 'signed-in' && who !== 'seat'
    if ('seat' in allow) return who === 'seat' || allow.roles.some((role) => role === who)
    return !('services' in allow) && allow.some((role) => role === who)
  })

const ofTeachers =
  /\/api\/(people|classes|accommodations|quizzes|versions|questions|exams|overrides|attempts|results|marks|regrades|releases|statistics|messages)(\/:|$)|gradebook|POST \/api\/(exams|overrides|releases|regrades)$/
const ofStudents = /\/api\/(people|messages)\/:id$|\/api\/attempts|\/api\/results\/:attemptId\/review/
const withoutObject = new Set([
  'GET /api/people',
  'GET /api/classes',
  'POST /api/classes',
  'GET /api/quizzes',
  'POST /api/quizzes',
  'GET /api/questions',
  'POST /api/questions',
  'GET /api/exams',
])

describe('what belongs to somebody else', () => {
  const cases: [keyof typeof others & string, Principal['is'], RegExp][] = [
    ['otherTeacher', 'teacher', ofTeachers],
    ['otherStudent', 'student', ofStudents],
    ['classmate', 'student', /\/api\/(people|messages)\/:id$|\/api\/attempts\/:id|\/api\/results\/:attemptId\/review/],
    ['stranger', 'student', ofStudents],
    ['otherSeat', 'seat', ofStudents],
    ['ownOtherSeat', 'seat', ofStudents],
    ['stolenSeat', 'seat', ofStudents],
  ]
  test.each(cases)(
    'is to the byte what does not exist, and nothing is changed by asking: %s',
    async (name, is, things) => {
      const principal = others[name]
      if (!principal) throw new Error(`nobody is called ${name}`)
      const rows = rowsAbout(is, things).filter((row) => !withoutObject.has(nameOf(row)))
      expect(rows.length).toBeGreaterThan(is === 'teacher' ? 25 : 5)
      const before = await digestOfEverything()
      const wrong: string[] = []
      const none = nowhere(ours.side)
      for (const row of rows) {
        const foreign = await ask(row, principal, ours.side)
        const absent = await ask(row, principal, none)
        const isRefused = foreign.status === 404 || isEmptyList(foreign.text)
        if (!isRefused) wrong.push(`${nameOf(row)}: ${foreign.status} ${foreign.text.slice(0, 200)}`)
        else if (
          foreign.text !== absent.text ||
          foreign.headers !== absent.headers ||
          foreign.status !== absent.status
        ) {
          wrong.push(`${nameOf(row)}: another's ${foreign.text.slice(0, 150)} but none ${absent.text.slice(0, 150)}`)
        }
      }
      expect(wrong).toEqual([])
      expect(await digestOfEverything()).toEqual(before)
    },
    60_000,
  )

  test('the same requests by whom it belongs to are let in, so that the paths and bodies above are real', async () => {
    const wrong: string[] = []
    const rows = rowsAbout('teacher', ofTeachers).filter((row) => !withoutObject.has(nameOf(row)))
    // What changes a thing comes after what needs it as it is.
    const rank = ({ method, path }: PolicyRow) =>
      ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].indexOf(method) + (path.startsWith('/api/classes') ? 0.5 : 0)
    const inOrder = rows.toSorted((a, b) => rank(a) - rank(b))
    for (const row of inOrder.filter((candidate) => !isOfSitting(candidate) && !hasNoThing(candidate))) {
      const { status, text } = await ask(row, ours.teacher, ours.side)
      if ([401, 403, 404, 422, 500].includes(status)) wrong.push(`${nameOf(row)}: ${status} ${text.slice(0, 300)}`)
    }
    const ofOneself = (row: PolicyRow) => isOfSitting(row) || /^\/api\/(people|messages)/.test(row.path)
    for (const row of rowsAbout('student', ofStudents).filter(ofOneself)) {
      const { status, text } = await ask(row, theirs.student, theirs.side)
      if ([401, 403, 404, 422, 500].includes(status)) wrong.push(`${nameOf(row)}: ${status} ${text.slice(0, 300)}`)
    }
    expect(wrong).toEqual([])
  }, 60_000)
})

const isOfSitting = ({ allow }: PolicyRow) => typeof allow === 'object' && 'seat' in allow
/** There is no late answer in these attempts, and a review and mail are the student's alone. */
const hasNoThing = ({ path }: PolicyRow) =>
  path.includes(':lateId') || path.endsWith('/review') || path === '/api/attempts' || path.startsWith('/api/messages')
const isEmptyList = (text: string) => text.startsWith('{') && JSON.parse(text).items?.length === 0

/** Every row of every table but the notes that services keep of requests and deliveries. */
async function digestOfEverything(): Promise<Record<string, string>> {
  const digests: Record<string, string> = {}
  for (const [service, { sql }] of Object.entries(services.databases)) {
    const tables = await sql<{ name: string }[]>`
      select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_schema = ${service} and table_type = 'BASE TABLE' order by 1`
    for (const { name } of tables) {
      const [row] = await sql.unsafe(
        `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as digest from ${name} t`,
      )
      digests[name] = String(row?.digest)
    }
  }
  return digests
}
