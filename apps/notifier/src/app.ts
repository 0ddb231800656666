import { parkedEvents } from '@hourglass/events/parked'
import { service } from '@hourglass/kit/service'
import { Elysia } from 'elysia'
import type { Deps } from './deps'
import { messageRoutes } from './messages/routes'
import { reliabilityRoutes } from './reliability/routes'
import { events } from './schema'

export const createApp = (deps: Deps) =>
  new Elysia()
    .use(service(deps.service))
    .use(parkedEvents('notifier', { db: deps.db, events }))
    .use(messageRoutes(deps))
    .use(reliabilityRoutes(deps))
export type App = ReturnType<typeof createApp>
