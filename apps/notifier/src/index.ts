import { join } from 'node:path'
import { runService } from '@hourglass/service/run'
import { createApp } from './app'
import { Config } from './config'
import { createConsumer } from './consumer'
import { createJobs } from './jobs'
import { createMailboxMailer } from './mail/mailbox-mailer'
import { events } from './schema'

const about = { name: 'notifier', config: Config, migrations: join(import.meta.dir, '../migrations') }

await runService(about, ({ config, service, database: { db }, bus }) => {
  const mailer = createMailboxMailer(db)
  const deps = { service, db, bus, mailer, mailbox: config.MAILBOX, publicUrl: config.PUBLIC_URL }
  return { app: createApp(deps), jobs: createJobs(deps), consumer: { consumer: createConsumer(deps), events } }
})
