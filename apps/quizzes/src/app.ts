import { eventFeed } from '@hourglass/events/feed'
import { service } from '@hourglass/kit/service'
import { Elysia } from 'elysia'
import type { Deps } from './deps'
import { imageRoutes } from './images/routes'
import { publishingRoutes } from './publishing/routes'
import { questionRoutes } from './questions/routes'
import { quizRoutes } from './quizzes/routes'
import { transferRoutes } from './transfer/routes'
import { internalRoutes, versionRoutes } from './versions/routes'

export const createApp = ({ service: parts, store }: Deps) =>
  new Elysia()
    .use(service(parts))
    .use(imageRoutes(store))
    .use(internalRoutes(store))
    .use(eventFeed('quizzes', store.events))
    .use(quizRoutes(store))
    .use(questionRoutes(store))
    .use(publishingRoutes(store))
    .use(versionRoutes(store))
    .use(transferRoutes(store))
export type App = ReturnType<typeof createApp>
