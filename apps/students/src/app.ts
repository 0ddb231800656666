import { service } from '@hourglass/kit/service'
import { Elysia } from 'elysia'
import type { Deps } from './deps'
import { invitationRoutes } from './invitations/routes'
import { peopleRoutes } from './people/routes'
import { sessionRoutes } from './sessions/routes'

export const createApp = (deps: Deps) =>
  new Elysia().use(service(deps.service)).use(sessionRoutes(deps)).use(peopleRoutes(deps)).use(invitationRoutes(deps))
export type App = ReturnType<typeof createApp>
