import { createReceiver } from '@hourglass/events/consume'
import { createEmbeddedBus } from '@hourglass/events/embedded-bus'
import { createApp as createExams } from '@hourglass/exams/app'
import { createConsumer as createExamsConsumer } from '@hourglass/exams/consumer'
import { createJobs as createExamsJobs } from '@hourglass/exams/jobs'
import { createHttpPapers } from '@hourglass/exams/papers'
import { events as examsEvents } from '@hourglass/exams/schema'
import { createApp as createGrading } from '@hourglass/grading/app'
import { createConsumer as createGradingConsumer } from '@hourglass/grading/consumer'
import { createHttpContent, createHttpSnapshots } from '@hourglass/grading/http-ports'
import { createJobs as createGradingJobs } from '@hourglass/grading/jobs'
import { events as gradingEvents } from '@hourglass/grading/schema'
import { createTokenSigner, createTokenVerifier, publicKeyOf } from '@hourglass/kit/auth/token'
import type { Cache } from '@hourglass/kit/cache'
import { connectDatabase, type Database } from '@hourglass/kit/db/connect'
import type { Readiness } from '@hourglass/kit/health'
import type { Instruments } from '@hourglass/kit/instruments'
import { type Job, startJob } from '@hourglass/kit/jobs'
import type { Registry } from '@hourglass/kit/metrics'
import type { ServiceDeps } from '@hourglass/kit/service'
import { createApp as createNotifier } from '@hourglass/notifier/app'
import { createConsumer as createNotifierConsumer } from '@hourglass/notifier/consumer'
import { createJobs as createNotifierJobs } from '@hourglass/notifier/jobs'
import { createMailboxMailer } from '@hourglass/notifier/mailbox-mailer'
import { createOwnFigures } from '@hourglass/notifier/own-figures'
import { events as notifierEvents } from '@hourglass/notifier/schema'
import { policyTable } from '@hourglass/policy'
import { createApp as createQuizzes } from '@hourglass/quizzes/app'
import { createJobs as createQuizzesJobs } from '@hourglass/quizzes/jobs'
import { createPostgresStore } from '@hourglass/quizzes/store/postgres'
import { createApp as createStudents } from '@hourglass/students/app'
import { createConsumer as createStudentsConsumer } from '@hourglass/students/consumer'
import { createJobs as createStudentsJobs } from '@hourglass/students/jobs'
import { events as studentsEvents } from '@hourglass/students/schema'
import type { AnyElysia } from 'elysia'
import type { Secrets } from './folder/secrets'
import { createInside } from './inside'
import { originsOf } from './origins'
import type { DatabaseUrls, ServiceWithDatabase } from './postgres/databases'

export type ServicesOptions = {
  urls: DatabaseUrls
  secrets: Secrets
  cache: Cache
  publicUrl: string
  readiness: Readiness
  /** The same for the same name. */
  instrumentsOf: (service: string) => Instruments
  /** What all services count; `null` when nothing is counted. */
  registries: (() => readonly Registry[]) | null
  /** Whether people may read their mail on a page, as in development. */
  mailbox: boolean
  networkGraceSeconds?: number
}

export type Services = {
  apps: Record<ServiceWithDatabase, AnyElysia>
  databases: Record<ServiceWithDatabase, Database>
  /** What every service starts with, for the gateway too. */
  depsOf: (service: string) => ServiceDeps
  /** Starts the jobs; answers what ends them. */
  start: () => { stop: () => Promise<void> }
  close: () => Promise<void>
}

const poolSizes: Record<ServiceWithDatabase, number> = { students: 4, quizzes: 4, exams: 8, grading: 5, notifier: 3 }

/** Every service in this process, each with its own database and role, told of the others by one embedded bus. */
export async function createServices(options: ServicesOptions): Promise<Services> {
  const { urls, secrets, cache, publicUrl, readiness, instrumentsOf } = options
  const databaseOf = (name: ServiceWithDatabase, statementTimeoutMs: number): Database =>
    connectDatabase({
      ...{ url: urls[name], poolSize: poolSizes[name], statementTimeoutMs, applicationName: name },
      instruments: instrumentsOf(name),
    })
  const bus = createEmbeddedBus()
  const inside = createInside(['gateway', ...Object.keys(poolSizes)])
  const databases = {
    students: databaseOf('students', 3_000),
    quizzes: databaseOf('quizzes', 10_000),
    exams: databaseOf('exams', 1_500),
    grading: databaseOf('grading', 5_000),
    notifier: databaseOf('notifier', 3_000),
  }
  const background = connectDatabase({
    ...{ url: urls.exams, poolSize: 3, statementTimeoutMs: 1_500, applicationName: 'exams-background' },
    instruments: instrumentsOf('exams'),
  })
  const verifiers = {
    access: createTokenVerifier([publicKeyOf(secrets.accessKey)], accessUse),
    seat: createTokenVerifier([publicKeyOf(secrets.seatKey)], seatUse),
  }
  const depsOf = (name: string): ServiceDeps => {
    const service = inside.verifierOf(name)
    return { ...instrumentsOf(name), readiness, policy: policyTable, verifiers: { ...verifiers, service } }
  }

  const students = {
    service: depsOf('students'),
    db: databases.students.db,
    bus,
    feeds: inside.feedsOf('students'),
    signAccess: createTokenSigner(secrets.accessKey, accessUse),
    refreshSecret: secrets.refreshSecret,
    origins: originsOf(publicUrl),
    publicUrl,
  }
  const quizzes = {
    service: depsOf('quizzes'),
    bus,
    store: createPostgresStore(databases.quizzes.db),
  }
  const exams = {
    service: depsOf('exams'),
    db: databases.exams.db,
    sql: databases.exams.sql,
    background: background.db,
    bus,
    cache,
    feeds: inside.feedsOf('exams'),
    papers: createHttpPapers(inside.addressOf('exams', 'quizzes')),
    signSeat: createTokenSigner(secrets.seatKey, seatUse),
    receiptKey: secrets.receiptKey,
    networkGraceSeconds: options.networkGraceSeconds ?? 10,
  }
  const grading = {
    service: depsOf('grading'),
    db: databases.grading.db,
    bus,
    feeds: inside.feedsOf('grading'),
    content: createHttpContent(inside.addressOf('grading', 'quizzes')),
    snapshots: createHttpSnapshots(inside.addressOf('grading', 'exams')),
  }
  const own = createOwnFigures({ db: databases.notifier.db, services: options.registries })
  const notifier = {
    service: depsOf('notifier'),
    db: databases.notifier.db,
    bus,
    feeds: inside.feedsOf('notifier'),
    mailer: createMailboxMailer(databases.notifier.db),
    mailbox: options.mailbox,
    publicUrl,
    reliability: own.figures,
  }

  const apps = {
    students: createStudents(students),
    quizzes: createQuizzes(quizzes),
    exams: createExams(exams),
    grading: createGrading(grading),
    notifier: createNotifier(notifier),
  }
  for (const [name, app] of Object.entries(apps)) inside.join(name, app)
  for (const subscription of [
    createReceiver(students.db, studentsEvents, createStudentsConsumer(), students.service),
    createReceiver(background.db, examsEvents, createExamsConsumer(exams), exams.service),
    createReceiver(grading.db, gradingEvents, createGradingConsumer(grading), grading.service),
    createReceiver(notifier.db, notifierEvents, createNotifierConsumer(notifier), notifier.service),
  ]) {
    await bus.subscribe(subscription)
  }
  const jobs: { job: Job; service: Instruments }[] = [
    ...createStudentsJobs(students).map((job) => ({ job, service: students.service })),
    ...createQuizzesJobs(quizzes).map((job) => ({ job, service: quizzes.service })),
    ...createExamsJobs(exams).map((job) => ({ job, service: exams.service })),
    ...createGradingJobs(grading).map((job) => ({ job, service: grading.service })),
    ...[...createNotifierJobs(notifier), ...own.jobs].map((job) => ({ job, service: notifier.service })),
  ]
  return {
    apps,
    databases,
    depsOf,
    start: () => {
      const running = jobs.map(({ job, service }) => startJob(job, service))
      return {
        stop: async () => {
          await Promise.all(running.map((job) => job.stop()))
          // What was counted since their last turn.
          for (const job of own.jobs) await job.run()
        },
      }
    },
    close: async () => {
      await bus.close()
      await Promise.all([background, ...Object.values(databases)].map((database) => database.close()))
    },
  }
}

const accessUse = { typ: 'at+jwt', audience: 'hourglass-api' }
const seatUse = { typ: 'seat+jwt', audience: 'exams' }
