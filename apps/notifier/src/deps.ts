import type { Bus } from '@hourglass/events/bus'
import type { Db } from '@hourglass/kit/db/connect'
import type { ServiceDeps } from '@hourglass/kit/service'
import type { Mailer } from './mail/mailer'

export type Deps = {
  service: ServiceDeps
  db: Db
  bus: Bus
  mailer: Mailer
  /** Whether people may read their mail at `/api/messages`, as where the mailbox is the mailer. */
  mailbox: boolean
  /** Where people open Hourglass; links in mails begin with it. */
  publicUrl: string
}
