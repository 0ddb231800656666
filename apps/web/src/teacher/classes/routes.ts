import type { RouteDefinition } from '@solidjs/router'
import { lazy } from 'solid-js'

export const classRoutes: RouteDefinition[] = [
  { path: '/teach/classes', component: lazy(() => import('./classes')) },
  {
    path: '/teach/classes/:id',
    component: lazy(() => import('./class-page')),
    children: [
      { path: '/', component: lazy(() => import('./members-page')) },
      { path: '/roster', component: lazy(() => import('./roster-page')) },
      { path: '/time', component: lazy(() => import('./time-page')) },
    ],
  },
]
