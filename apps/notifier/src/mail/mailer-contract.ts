import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { Mail, Mailer } from './mailer'

/** A mailer to test, and what has arrived by it for an address. */
export type MailerOnTrial = {
  mailer: Mailer
  arrived: (to: string) => Promise<Pick<Mail, 'to' | 'subject' | 'text' | 'html'>[]>
  close: () => Promise<void>
}

/** What every `Mailer` holds to; run with each real one. */
export function mailerContract(name: string, create: () => Promise<MailerOnTrial>): void {
  describe(`the mailer ${name}`, () => {
    let trial: MailerOnTrial
    beforeAll(async () => {
      trial = await create()
    })
    afterAll(() => trial.close())

    test('brings a mail whole, in whatever script', async () => {
      const mail = createMail({ subject: 'Prüfung “Ὀδύσσεια” 📐', text: 'Zeile 1\n\nסוף', html: '<p>a &amp; b</p>' })
      await trial.mailer.send(mail)
      const { to, subject, text, html } = mail
      expect(await trial.arrived(to)).toEqual([{ to, subject, text, html }])
    })

    test('brings a mail once, however often and at whatever moment it is sent again', async () => {
      const mail = createMail({})
      await Promise.all(Array.from({ length: 8 }, () => trial.mailer.send(mail)))
      await trial.mailer.send({ ...mail, subject: 'The same mail in other words' })
      expect(await trial.arrived(mail.to)).toHaveLength(1)
    })

    test('brings two mails with the same words twice when they are two mails', async () => {
      const mail = createMail({})
      await trial.mailer.send(mail)
      await trial.mailer.send({ ...mail, key: Bun.randomUUIDv7() })
      expect(await trial.arrived(mail.to)).toHaveLength(2)
    })
  })
}

const createMail = (words: Partial<Mail>): Mail => ({
  ...{ key: Bun.randomUUIDv7(), personId: Bun.randomUUIDv7(), kind: 'exam-scheduled' },
  to: `${Bun.randomUUIDv7()}@example.org`,
  ...{ subject: 'A subject', text: 'A text', html: '<p>A text</p>', ...words },
})
