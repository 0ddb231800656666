import { afterEach, expect, test } from 'bun:test'
import { policyTable } from '@hourglass/policy'
import { createTestTracer } from '@hourglass/telemetry/test-sink'
import { testService } from '@hourglass/testing/service'
import { eq } from 'drizzle-orm'
import { createClassroom, createNotifier, type Notifier, newId, releaseTo } from '../../fixtures/school'
import { createMailboxMailer } from '../mail/mailbox-mailer'
import type { Mail } from '../mail/mailer'
import { deliveries, messages } from '../schema'
import { sendDue } from './send'

let notifier: Notifier
afterEach(() => notifier.close())

/** A mail server that does what a test says before it takes a mail into the mailbox. */
async function createWithServer(trouble: (mail: Mail, tries: number) => Promise<void>) {
  notifier = await createNotifier()
  const mailbox = createMailboxMailer(notifier.db)
  const tries: string[] = []
  const mailer = {
    send: async (mail: Mail) => {
      tries.push(mail.key)
      await trouble(mail, tries.filter((key) => key === mail.key).length)
      await mailbox.send(mail)
    },
  }
  return { ...notifier, tries, work: () => sendDue({ ...notifier.deps, mailer }) }
}

test('many workers at once send each mail once', async () => {
  const { tries, work, db, deliver } = await createWithServer(() => Bun.sleep(5))
  const { exam, students } = await createClassroom(notifier, 70)
  await deliver('exam.scheduled', exam)
  const taken = await Promise.all(Array.from({ length: 6 }, work))
  expect(taken.reduce((sum, count) => sum + count)).toBe(70)
  expect(tries).toHaveLength(70)
  const rows = await db.select().from(messages)
  expect(rows.map(({ personId }) => personId).toSorted()).toEqual(students.toSorted())
})

test('a mail that the server refuses is tried again after a pause, and then sent once', async () => {
  const { tries, work, skipPauses, mailOf, db, deliver } = await createWithServer(async (_, count) => {
    if (count <= 2) throw new Error('421 try again later')
  })
  const { students } = await createClassroom(notifier, 1)
  await deliver('result.released', releaseTo(students[0] ?? ''))
  await work()
  await work()
  expect(tries).toHaveLength(1)
  const [waiting] = await db.select().from(deliveries)
  expect(waiting).toMatchObject({ state: 'pending', attempts: 1, reason: '421 try again later' })
  expect((waiting?.nextAttemptAt?.getTime() ?? 0) - Date.now()).toBeGreaterThan(2_000)
  for (let turn = 0; turn < 4; turn++) {
    await skipPauses()
    await work()
  }
  expect(tries).toHaveLength(3)
  expect(await mailOf(students[0] ?? '')).toEqual(['result-released'])
})

test('a mail that never goes out is given up after eight tries, and does not hold up its neighbours', async () => {
  let refused = ''
  const { tries, work, skipPauses, mailOf, db, deliver } = await createWithServer(async ({ personId }) => {
    if (personId === refused) throw new Error('550 no such mailbox')
  })
  const { students, exam } = await createClassroom(notifier, 2)
  const [bad = '', good = ''] = students
  refused = bad
  await deliver('exam.scheduled', exam)
  for (let turn = 0; turn < 10; turn++) {
    await work()
    await skipPauses()
  }
  expect(tries).toHaveLength(8 + 1)
  expect([await mailOf(bad), await mailOf(good)]).toEqual([[], ['exam-scheduled']])
  const [row] = await db.select().from(deliveries).where(eq(deliveries.personId, bad))
  expect(row).toMatchObject({ state: 'failed', reason: '550 no such mailbox', nextAttemptAt: null })
})

test('a worker that dies after the server took the mail leads to no second mail', async () => {
  const { work, mailOf, db, deliver, skipPauses } = await createWithServer(async () => {})
  const { students } = await createClassroom(notifier, 1)
  await deliver('result.released', releaseTo(students[0] ?? ''))
  await work()
  // As the row stands when the process ends between the mail and the word that it was sent.
  await db.update(deliveries).set({ state: 'pending', nextAttemptAt: new Date(), endedAt: null })
  await skipPauses()
  await work()
  expect(await mailOf(students[0] ?? '')).toEqual(['result-released'])
  expect(await db.select().from(deliveries)).toMatchObject([{ state: 'sent', attempts: 2 }])
})

test('a mail goes on with the trace of the event that it tells of, each try of it, and of a class the first twenty do', async () => {
  const { tracer, spans } = createTestTracer({ service: 'notifier' })
  notifier = await createNotifier({ service: { ...testService(policyTable), tracer } })
  const { deps, deliver, skipPauses } = notifier
  const { exam, students } = await createClassroom(notifier, 30)
  const [traceId, otherId] = ['0af7651916cd43dd8448eb211c80319c', '1bf7651916cd43dd8448eb211c80319d']
  await deliver('result.released', releaseTo(students[0] ?? ''), newId(), `00-${traceId}-b7ad6b7169203331-01`)
  let tries = 0
  const send = async () => {
    if (++tries === 1) throw new RangeError('421 try again later')
  }
  await sendDue({ ...deps, mailer: { send } })
  await skipPauses()
  await sendDue({ ...deps, mailer: { send } })
  const take = spans.find(({ name }) => name === 'take result.released')
  const mails = spans.filter(({ name }) => name === 'mail result-released')
  expect(mails.map(({ trace, parentSpanId }) => [trace.traceId, parentSpanId])).toEqual(
    Array(2).fill([traceId, take?.spanId]),
  )
  expect(mails.map(({ status }) => status.message)).toEqual(['RangeError', undefined])
  await deliver('exam.scheduled', exam, newId(), `00-${otherId}-b7ad6b7169203331-01`)
  await sendDue({ ...deps, mailer: { send } })
  expect(tries).toBe(2 + 30)
  expect(spans.filter(({ name }) => name === 'mail exam-scheduled')).toHaveLength(20)
})

test('somebody who is not known or not active is written to when they are', async () => {
  const { work, mailOf, deliver } = await createWithServer(async () => {})
  const { people } = await createClassroom(notifier, 1)
  const [person] = people
  if (!person) throw new Error('one person')
  await deliver('person.changed', { ...person, revision: 2, isActive: false })
  await deliver('result.released', releaseTo(person.personId))
  await work()
  expect(await mailOf(person.personId)).toEqual([])
  await deliver('person.changed', { ...person, revision: 3 })
  await work()
  expect(await mailOf(person.personId)).toEqual(['result-released'])
})
