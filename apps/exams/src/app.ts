import { eventFeed } from '@hourglass/events/feed'
import { parkedEvents } from '@hourglass/events/parked'
import { createPostgresSource } from '@hourglass/events/postgres-source'
import { createBatchWatches } from '@hourglass/kit/batch-watch'
import { service } from '@hourglass/kit/service'
import { Elysia } from 'elysia'
import { createWaitingStore } from './answers/store/judged'
import { createBatchStore } from './answers/store/store'
import { createAnswerWriter } from './answers/writer'
import { createAttemptFacts } from './attempts/find-attempt'
import { createPasswordGate } from './attempts/password'
import { attemptRoutes } from './attempts/routes'
import { createSubmit } from './attempts/submit'
import type { Deps } from './deps'
import { examRoutes } from './exams/routes'
import { createAnswerMetrics } from './metrics'
import { overrideRoutes } from './overrides/routes'
import { createPaperShelf } from './papers'
import { events } from './schema'
import { snapshotRoutes } from './seal/routes'
import { createAttemptFeed } from './stream/feed'

/** The exam room over HTTP. */
export function createApp(deps: Deps) {
  const { db, sql, cache, networkGraceSeconds } = deps
  const { log, readiness, metrics } = deps.service
  const shelf = createPaperShelf(db)
  const graceMs = networkGraceSeconds * 1_000
  const watchOf = createBatchWatches(deps.service)
  const writer = createAnswerWriter({
    storeBatch: createBatchStore(sql, graceMs),
    storeWaiting: createWaitingStore(sql, graceMs),
    watch: watchOf('answers'),
  })
  metrics.registry.gauge({
    name: 'exams_saves_waiting',
    help: 'Answers that wait for the next commit.',
    collect: (gauge) => gauge.set({}, writer.waiting()),
  })
  const answerMetrics = createAnswerMetrics(metrics.registry)
  const feed = createAttemptFeed({ db, cache, readiness, log })
  const parts = {
    shelf,
    writer,
    feed,
    facts: createAttemptFacts(db, shelf),
    gate: createPasswordGate(cache),
    submit: createSubmit(db, watchOf('submits')),
    answerMetrics,
    saves: answerMetrics.saves,
  }
  return new Elysia({ name: 'exams' })
    .use(service(deps.service))
    .use(examRoutes(deps, shelf))
    .use(overrideRoutes(deps))
    .use(attemptRoutes(deps, parts))
    .use(snapshotRoutes(deps))
    .use(parkedEvents('exams', { db, events }))
    .use(eventFeed('exams', createPostgresSource(db, events)))
}

export type App = ReturnType<typeof createApp>
