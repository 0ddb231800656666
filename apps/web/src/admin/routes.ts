import type { RouteDefinition } from '@solidjs/router'
import { lazy } from 'solid-js'

/** Classes are at `/teach/classes` for admins, too: there they see every class. */
export const adminRoutes: RouteDefinition[] = [
  { path: '/admin/people', component: lazy(() => import('./people/people-page')) },
  { path: '/admin/events', component: lazy(() => import('./events/events-page')) },
  { path: '/admin/reliability', component: lazy(() => import('./reliability/reliability-page')) },
]
