import type { Bus } from '@hourglass/events/bus'
import type { Db } from '@hourglass/kit/db/connect'
import type { ServiceDeps } from '@hourglass/kit/service'
import type { QuizStore } from './store/quiz-store'

/** `db` holds the outbox that the relay reads; documents are reached through `store` alone. */
export type Deps = { service: ServiceDeps; db: Db; bus: Bus; store: QuizStore }
