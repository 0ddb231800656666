import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { startProxy } from '@hourglass/testing/proxy'
import { startMailCatcher } from '../../fixtures/mail-catcher'
import type { Mail } from './mailer'
import { mailerContract } from './mailer-contract'
import { createSmtpMailer } from './smtp-mailer'

const from = 'Hourglass <exams@school.example>'

mailerContract('by SMTP', async () => {
  const catcher = await startMailCatcher()
  const mailer = createSmtpMailer({ url: catcher.url, from })
  return {
    mailer,
    arrived: async (address) =>
      catcher
        .mails()
        .filter((mail) => mail.to === address)
        .map(({ to, subject, text, html }) => ({ to, subject, text, html })),
    close: async () => {
      mailer.close()
      await catcher.close()
    },
  }
})

const mailTo = (to: string, subject = 'A subject'): Mail => ({
  ...{ key: Bun.randomUUIDv7(), personId: Bun.randomUUIDv7(), kind: 'exam-scheduled', to, subject },
  ...{ text: 'A text', html: '<p>A text</p>' },
})

describe('mail by SMTP', () => {
  let catcher: Awaited<ReturnType<typeof startMailCatcher>>
  beforeAll(async () => {
    catcher = await startMailCatcher({
      onRcptTo: ({ address }, _, done) =>
        address.startsWith('nobody@') ? done(new Error('550 no such mailbox')) : done(),
    })
  })
  afterAll(() => catcher.close())

  test('says that it was sent by a program, and bears an id that follows from its key', async () => {
    const mailer = createSmtpMailer({ url: catcher.url, from })
    const mail = mailTo('ada@example.org')
    await mailer.send(mail)
    const caught = catcher.mails().find(({ to }) => to === 'ada@example.org')
    expect(caught).toMatchObject({ id: `<${mail.key}@school.example>`, from: 'exams@school.example' })
    expect(caught?.raw).toContain('Auto-Submitted: auto-generated')
    mailer.close()
  })

  test('takes nobody’s subject or address for a header or for more people', async () => {
    const mailer = createSmtpMailer({ url: catcher.url, from })
    const before = catcher.count()
    await mailer.send(mailTo('bob@example.org', 'Exam\r\nBcc: eve@example.org'))
    await mailer.send(mailTo('carl@example.org, eve@example.org')).catch(() => {})
    expect(catcher.mails().map(({ to }) => to)).not.toContain('eve@example.org')
    expect(catcher.mails().find(({ to }) => to === 'bob@example.org')?.raw).not.toMatch(/^Bcc:/m)
    expect(catcher.count()).toBeLessThanOrEqual(before + 2)
    mailer.close()
  })

  test('is refused where the server refuses it, with the server’s reason', async () => {
    const mailer = createSmtpMailer({ url: catcher.url, from })
    await expect(mailer.send(mailTo('nobody@example.org'))).rejects.toThrow('no such mailbox')
    mailer.close()
  })

  test('fails within its time where nobody answers, and goes out once somebody does', async () => {
    const proxy = await startProxy(catcher.port)
    const mailer = createSmtpMailer({ url: `smtp://127.0.0.1:${proxy.port}`, from, timeoutMs: 600 })
    proxy.swallow(true)
    const startedAt = performance.now()
    await expect(mailer.send(mailTo('dora@example.org'))).rejects.toThrow()
    expect(performance.now() - startedAt).toBeLessThan(2_000)
    proxy.swallow(false)
    await mailer.send(mailTo('dora@example.org'))
    expect(catcher.mails().filter(({ to }) => to === 'dora@example.org')).toHaveLength(1)
    mailer.close()
    await proxy.close()
  })
})
