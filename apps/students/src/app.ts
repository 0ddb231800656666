import { eventFeed } from '@hourglass/events/feed'
import { parkedEvents } from '@hourglass/events/parked'
import { createPostgresSource } from '@hourglass/events/postgres-source'
import { service } from '@hourglass/kit/service'
import { Elysia } from 'elysia'
import { accommodationRoutes } from './accommodations/routes'
import { classRoutes } from './classes/routes'
import type { Deps } from './deps'
import { invitationRoutes } from './invitations/routes'
import { peopleRoutes } from './people/routes'
import { rosterRoutes } from './roster/routes'
import { events } from './schema'
import { sessionRoutes } from './sessions/routes'

export const createApp = (deps: Deps) =>
  new Elysia()
    .use(service(deps.service))
    .use(parkedEvents('students', { db: deps.db, events }))
    .use(eventFeed('students', createPostgresSource(deps.db, events)))
    .use(sessionRoutes(deps))
    .use(peopleRoutes(deps))
    .use(invitationRoutes(deps))
    .use(classRoutes(deps))
    .use(rosterRoutes(deps))
    .use(accommodationRoutes(deps))
export type App = ReturnType<typeof createApp>
