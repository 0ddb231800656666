import type { RouteDefinition } from '@solidjs/router'
import { lazy } from 'solid-js'
import { markingPath } from './paths'

/** Exams, their results and statistics. The list, then one exam in parts that share its heading. */
export const examRoutes: RouteDefinition[] = [
  { path: '/teach/exams', component: lazy(() => import('./list')) },
  { path: '/teach/exams/new', component: lazy(() => import('./new-exam')) },
  { path: markingPath, component: lazy(() => import('../results/marking-overview')) },
  { path: '/teach/classes/:classId/gradebook', component: lazy(() => import('../results/gradebook')) },
  {
    path: '/teach/exams/:examId',
    component: lazy(() => import('./frame')),
    children: [
      { path: '/', component: lazy(() => import('./overview')) },
      { path: '/edit', component: lazy(() => import('./edit-exam')) },
      { path: '/times', component: lazy(() => import('./times/times')) },
      { path: '/live', component: lazy(() => import('./live/live')) },
      { path: '/late', component: lazy(() => import('./late')) },
      { path: '/audit', component: lazy(() => import('./audit')) },
      { path: '/results', component: lazy(() => import('../results/results')) },
      { path: '/results/:attemptId', component: lazy(() => import('../results/attempt')) },
      { path: '/marking', component: lazy(() => import('../results/marking')) },
      { path: '/corrections', component: lazy(() => import('../corrections/corrections')) },
      { path: '/corrections/:questionId', component: lazy(() => import('../corrections/correct')) },
      { path: '/statistics', component: lazy(() => import('../statistics/statistics')) },
    ],
  },
]
