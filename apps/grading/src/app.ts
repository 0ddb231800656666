import { eventFeed } from '@hourglass/events/feed'
import { parkedEvents } from '@hourglass/events/parked'
import { createPostgresSource } from '@hourglass/events/postgres-source'
import { service } from '@hourglass/kit/service'
import { Elysia } from 'elysia'
import type { Deps } from './deps'
import { markRoutes } from './marks/routes'
import { regradeRoutes } from './regrades/routes'
import { releaseRoutes } from './releases/routes'
import { resultRoutes } from './results/routes'
import { events } from './schema'
import { statisticsRoutes } from './statistics/routes'

export const createApp = (deps: Deps) =>
  new Elysia()
    .use(service(deps.service))
    .use(parkedEvents('grading', { db: deps.db, events }))
    .use(eventFeed('grading', createPostgresSource(deps.db, events)))
    .use(resultRoutes(deps))
    .use(markRoutes(deps))
    .use(releaseRoutes(deps))
    .use(regradeRoutes(deps))
    .use(statisticsRoutes(deps))
export type App = ReturnType<typeof createApp>
