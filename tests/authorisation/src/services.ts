import { createReceiver } from '@hourglass/events/consume'
import { createEmbeddedBus } from '@hourglass/events/embedded-bus'
import { createFeeds } from '@hourglass/events/feed'
import type { SpeakerName } from '@hourglass/events/topology'
import { createApp as createExams } from '@hourglass/exams/app'
import { createConsumer as createExamsConsumer } from '@hourglass/exams/consumer'
import { createJobs as createExamsJobs } from '@hourglass/exams/jobs'
import { createHttpPapers } from '@hourglass/exams/papers'
import { events as examsEvents } from '@hourglass/exams/schema'
import { createGateway } from '@hourglass/gateway/gateway'
import type { ServiceName } from '@hourglass/gateway/routing'
import { listen } from '@hourglass/gateway/server'
import { createLocalUpstream } from '@hourglass/gateway/upstream'
import { createApp as createGrading } from '@hourglass/grading/app'
import { createConsumer as createGradingConsumer } from '@hourglass/grading/consumer'
import { createHttpContent, createHttpSnapshots } from '@hourglass/grading/http-ports'
import { createJobs as createGradingJobs } from '@hourglass/grading/jobs'
import { events as gradingEvents } from '@hourglass/grading/schema'
import { createTokenSigner } from '@hourglass/kit/auth/token'
import { createMemoryCache } from '@hourglass/kit/memory-cache'
import { createApp as createNotifier } from '@hourglass/notifier/app'
import { createConsumer as createNotifierConsumer } from '@hourglass/notifier/consumer'
import { noFigures } from '@hourglass/notifier/figures'
import { createJobs as createNotifierJobs } from '@hourglass/notifier/jobs'
import { createMailboxMailer } from '@hourglass/notifier/mailbox-mailer'
import { events as notifierEvents } from '@hourglass/notifier/schema'
import { policyTable } from '@hourglass/policy'
import { createApp as createQuizzes } from '@hourglass/quizzes/app'
import { createJobs as createQuizzesJobs } from '@hourglass/quizzes/jobs'
import { createPostgresStore } from '@hourglass/quizzes/store/postgres'
import { createApp as createStudents } from '@hourglass/students/app'
import { createJobs as createStudentsJobs } from '@hourglass/students/jobs'
import { createTestDatabase } from '@hourglass/testing/database'
import { accessKey, accessUse, seatKey, seatUse, testCaller, testService } from '@hourglass/testing/service'
import type { AnyElysia } from 'elysia'

const openDatabase = (service: ServiceName) =>
  createTestDatabase({ service, migrations: new URL(`../../../apps/${service}/migrations`, import.meta.url).pathname })

/** The services' real apps on real databases, behind a real gateway on a port of its own. Their jobs run when `settle` is called. */
export async function startServices() {
  const bus = createEmbeddedBus()
  const cache = createMemoryCache()
  const serviceOf = (name: string) => testService(policyTable, { lines: [] }, name)
  const databases = {
    students: await openDatabase('students'),
    quizzes: await openDatabase('quizzes'),
    exams: await openDatabase('exams'),
    grading: await openDatabase('grading'),
    notifier: await openDatabase('notifier'),
  }
  const joined = new Map<string, AnyElysia>()
  const addressOf = (from: string, to: string) => ({
    url: 'http://localhost',
    fetcher: testCaller(from)(to, async (request) => {
      const app = joined.get(to)
      if (!app) throw new Error(`${to} is not there`)
      return app.handle(request)
    }),
  })
  const feedsOf = (listener: SpeakerName) => createFeeds(listener, (from) => addressOf(listener, from))
  const studentsDeps = {
    ...{ service: serviceOf('students'), bus, feeds: feedsOf('students'), db: databases.students.db },
    ...{ origins: ['http://localhost'], publicUrl: 'http://localhost' },
    signAccess: createTokenSigner(accessKey, accessUse),
    refreshSecret: 'a secret of 32 bytes for sessions',
  }
  const quizzesDeps = { service: serviceOf('quizzes'), bus, store: createPostgresStore(databases.quizzes.db) }
  const examsDeps = {
    ...{ service: serviceOf('exams'), bus, feeds: feedsOf('exams'), cache },
    ...{ db: databases.exams.db, sql: databases.exams.sql, background: databases.exams.db },
    papers: createHttpPapers(addressOf('exams', 'quizzes')),
    signSeat: createTokenSigner(seatKey, seatUse),
    receiptKey: 'a secret of 32 bytes for receipts',
    networkGraceSeconds: 5,
  }
  const gradingDeps = {
    ...{ service: serviceOf('grading'), bus, feeds: feedsOf('grading'), db: databases.grading.db },
    content: createHttpContent(addressOf('grading', 'quizzes')),
    snapshots: createHttpSnapshots(addressOf('grading', 'exams')),
  }
  const notifierDeps = {
    ...{ service: serviceOf('notifier'), bus, feeds: feedsOf('notifier'), db: databases.notifier.db },
    ...{ mailer: createMailboxMailer(databases.notifier.db), mailbox: true, publicUrl: 'http://localhost' },
    reliability: noFigures,
  }
  const apps = {
    ...{ students: createStudents(studentsDeps), quizzes: createQuizzes(quizzesDeps), exams: createExams(examsDeps) },
    ...{ grading: createGrading(gradingDeps), notifier: createNotifier(notifierDeps) },
  }
  for (const [name, app] of Object.entries(apps)) joined.set(name, app)
  const instruments = testService(policyTable)
  await bus.subscribe(createReceiver(examsDeps.db, examsEvents, createExamsConsumer(examsDeps), instruments))
  await bus.subscribe(createReceiver(gradingDeps.db, gradingEvents, createGradingConsumer(gradingDeps), instruments))
  await bus.subscribe(
    createReceiver(notifierDeps.db, notifierEvents, createNotifierConsumer(notifierDeps), instruments),
  )
  const jobs = [
    ...createStudentsJobs(studentsDeps),
    ...createQuizzesJobs(quizzesDeps),
    ...createExamsJobs(examsDeps),
    ...createGradingJobs(gradingDeps),
    ...createNotifierJobs(notifierDeps),
  ]
  const gateway = createGateway({
    service: testService(policyTable),
    upstreams: {
      students: createLocalUpstream(apps.students),
      quizzes: createLocalUpstream(apps.quizzes),
      exams: createLocalUpstream(apps.exams),
      grading: createLocalUpstream(apps.grading),
      notifier: createLocalUpstream(apps.notifier),
    },
    cache,
    ui: null,
    publicUrl: 'http://localhost',
  })
  const server = listen(gateway, { hostname: '127.0.0.1', port: 0 })
  return {
    apps: apps as Partial<Record<ServiceName, AnyElysia>>,
    bus,
    databases,
    url: server.url,
    /** Runs every job until what one of them told has reached all the others. */
    settle: async () => {
      for (let round = 0; round < 4; round++) for (const job of jobs) await job.run()
    },
    close: async () => {
      await server.stop()
      await bus.close()
      await Promise.all(Object.values(databases).map((database) => database.close()))
    },
  }
}
export type Services = Awaited<ReturnType<typeof startServices>>
