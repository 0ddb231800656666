import type { RouteDefinition } from '@solidjs/router'
import { lazy } from 'solid-js'

/** The exam room fills the page by itself: it has no header of the site. */
export const roomRoutes: RouteDefinition[] = [
  { path: '/attempts/:attemptId', component: lazy(() => import('./room/room-page')) },
]

export const studentRoutes: RouteDefinition[] = [
  { path: '/', component: lazy(() => import('./exams/exams-page')) },
  { path: '/exams/:examId', component: lazy(() => import('./exams/start-page')) },
  { path: '/results', component: lazy(() => import('./results/results-page')) },
  { path: '/results/:attemptId', component: lazy(() => import('./review/review-page')) },
]
