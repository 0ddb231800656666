import { afterAll, describe, expect, test } from 'bun:test'
import { policyTable } from '@hourglass/policy'
import { tokenFor } from '@hourglass/testing/service'
import { createClassroom, createNotifier, newId, releaseTo } from '../../fixtures/school'
import { createApp } from '../app'

const notifier = await createNotifier()
const { ask, deliver, send } = notifier
afterAll(() => notifier.close())

const room = await createClassroom(notifier, 2)
const [one = '', two = ''] = room.students
await deliver('exam.scheduled', room.exam)
await send()
await deliver('result.released', releaseTo(one))
await send()
const student = { personId: one, role: 'student' as const }
const classmate = { personId: two, role: 'student' as const }
const teacher = { personId: newId(), role: 'teacher' as const }
const admin = { personId: newId(), role: 'admin' as const }

test('every route has a row in the policy and every row a route', () => {
  const routed = notifier.app.routes
    .map(({ method, path }) => `${method} ${path}`)
    .filter((name) => !name.includes('/health/'))
  const rows = policyTable.filter(({ path }) =>
    ['messages', 'reliability', 'notifier-events'].includes(path.split('/')[2] ?? ''),
  )
  expect(routed.toSorted()).toEqual(rows.map(({ method, path }) => `${method} ${path}`).toSorted())
})

describe('the mailbox', () => {
  test('shows a person their own mail, the newest first, page by page', async () => {
    const { body } = await ask(student, '/api/messages?limit=1')
    expect(body.items).toMatchObject([{ kind: 'result-released', personId: one, to: `${one}@example.org` }])
    const next = await ask(student, `/api/messages?limit=1&cursor=${body.next}`)
    expect(next.body).toMatchObject({ items: [{ kind: 'exam-scheduled', subject: 'Exam: Algebra' }], next: null })
    const [item] = body.items
    expect((await ask(student, `/api/messages/${item.id}`)).body).toEqual(item)
    expect(Object.keys(item).toSorted()).toEqual(
      ['html', 'id', 'kind', 'personId', 'sentAt', 'subject', 'text', 'to'].toSorted(),
    )
  })

  test('answers for another’s message to the byte as for none, and lists none of them', async () => {
    const { body } = await ask(student, '/api/messages')
    const none = await ask(classmate, `/api/messages/${newId()}`)
    for (const { id } of body.items) {
      for (const stranger of [classmate, teacher]) {
        const theirs = await ask(stranger, `/api/messages/${id}`)
        expect([theirs.status, theirs.text]).toEqual([404, none.text])
      }
    }
    expect((await ask(classmate, `/api/messages?personId=${one}`)).body).toEqual({ items: [], next: null })
    expect((await ask(teacher, '/api/messages')).body).toEqual({ items: [], next: null })
  })

  test('shows an admin everybody’s mail, or one person’s', async () => {
    expect((await ask(admin, '/api/messages')).body.items).toHaveLength(3)
    const { items } = (await ask(admin, `/api/messages?personId=${two}`)).body
    expect(items).toMatchObject([{ personId: two }])
    expect((await ask(admin, `/api/messages/${items[0].id}`)).status).toBe(200)
  })

  test('refuses a cursor that it did not give out', async () => {
    const forged = Buffer.from('["1"]').toString('base64url')
    expect(await ask(student, `/api/messages?cursor=${forged}`)).toMatchObject({
      status: 400,
      body: { kind: 'bad-cursor' },
    })
  })

  test('is not there where mail goes out for real', async () => {
    const app = createApp({ ...notifier.deps, mailbox: false })
    const headers = { authorization: await tokenFor(admin) }
    for (const path of ['/api/messages', `/api/messages/${newId()}`]) {
      expect((await app.handle(new Request(`http://localhost${path}`, { headers }))).status).toBe(404)
    }
  })
})
