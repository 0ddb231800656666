import { join } from 'node:path'
import { createReceiver } from '@hourglass/events/consume'
import { createFeeds } from '@hourglass/events/feed'
import { openDatabase } from '@hourglass/service/database'
import { runService } from '@hourglass/service/run'
import { sourceAt } from '@hourglass/slo/prometheus-source'
import { createApp } from './app'
import { Config } from './config'
import { createConsumer } from './consumer'
import { createJobs } from './jobs'
import { createMailboxMailer } from './mail/mailbox-mailer'
import { createSmtpMailer } from './mail/smtp-mailer'
import { noFigures } from './reliability/figures'
import { createPrometheusFigures } from './reliability/prometheus/prometheus-figures'
import { events } from './schema'

const migrations = join(import.meta.dir, '../migrations')

await runService({ name: 'notifier', config: Config, migrations }, async ({ config, service, bus, addressOf }) => {
  const { db, sql, close } = await openDatabase(config, 'notifier', migrations, service)
  const { PROMETHEUS_URL: prometheus, PROMETHEUS_TENANT: tenant, PROMETHEUS_TOKEN: token } = config
  const source = prometheus === undefined ? null : sourceAt(new URL(prometheus), { tenant, token })
  const smtp = config.SMTP_URL ? createSmtpMailer({ url: config.SMTP_URL, from: config.MAIL_FROM }) : null
  const deps = {
    ...{ service, db, bus },
    feeds: createFeeds('notifier', addressOf),
    mailer: smtp ?? createMailboxMailer(db),
    mailbox: smtp === null,
    publicUrl: config.PUBLIC_URL,
    reliability: source ? createPrometheusFigures(source, service.log) : noFigures,
  }
  return {
    app: createApp(deps),
    jobs: createJobs(deps),
    subscription: createReceiver(db, events, createConsumer(), service),
    isReady: async () => (await sql`select 1`).length === 1,
    connections: [
      { name: 'mail', stop: () => smtp?.close() },
      { name: 'database', stop: close },
    ],
  }
})
