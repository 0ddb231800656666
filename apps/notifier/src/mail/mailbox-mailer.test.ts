import { join } from 'node:path'
import { createTestDatabase } from '@hourglass/testing/database'
import { eq } from 'drizzle-orm'
import { messages } from '../schema'
import { createMailboxMailer } from './mailbox-mailer'
import { mailerContract } from './mailer-contract'

mailerContract('into the mailbox', async () => {
  const migrations = join(import.meta.dir, '../../migrations')
  const { db, close } = await createTestDatabase({ service: 'notifier', migrations })
  return {
    mailer: createMailboxMailer(db),
    arrived: (address) => {
      const { to, subject, text, html } = messages
      return db.select({ to, subject, text, html }).from(messages).where(eq(to, address))
    },
    close,
  }
})
