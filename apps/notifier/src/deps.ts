import type { Bus } from '@hourglass/events/bus'
import type { Feed } from '@hourglass/events/catch-up'
import type { Db } from '@hourglass/kit/db/connect'
import type { ServiceDeps } from '@hourglass/kit/service'
import type { Mailer } from './mail/mailer'
import type { Figures } from './reliability/figures'

export type Deps = {
  service: ServiceDeps
  db: Db
  bus: Bus
  /** What the services that this one hears have told, to look through for what never arrived. */
  feeds: readonly Feed[]
  mailer: Mailer
  /** Whether people may read their mail at `/api/messages`, as where the mailbox is the mailer. */
  mailbox: boolean
  /** Where people open Hourglass; links in mails begin with it. */
  publicUrl: string
  /** How far the promises of `slo/` are kept. */
  reliability: Figures
}
