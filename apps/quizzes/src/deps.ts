import type { Bus } from '@hourglass/events/bus'
import type { ServiceDeps } from '@hourglass/kit/service'
import type { QuizStore } from './store/quiz-store'

export type Deps = { service: ServiceDeps; bus: Bus; store: QuizStore }
