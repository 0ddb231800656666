import type { Db } from '@hourglass/kit/db/connect'
import { messages } from '../schema'
import type { Mailer } from './mailer'

/** Keeps mail in the notifier's own table, where people read it at `/api/messages`. */
export const createMailboxMailer = (db: Db): Mailer => ({
  send: async (mail) => {
    await db
      .insert(messages)
      .values({ id: Bun.randomUUIDv7(), ...mail })
      .onConflictDoNothing({ target: messages.key })
  },
})
