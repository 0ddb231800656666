import type { RouteDefinition } from '@solidjs/router'
import { lazy } from 'solid-js'
import { adminRoutes } from '../admin/routes'
import { roomRoutes, studentRoutes } from '../student/routes'
import { teacherRoutes } from '../teacher/routes'
import { guard, roomGuard } from './guard'
import { Shell } from './shell'

const signedIn: RouteDefinition[] = [
  { path: '/account', component: lazy(() => import('./account')) },
  { path: '/mailbox', component: lazy(() => import('./mailbox')) },
]

/** Every address. A role's pages live in its own folder and are loaded when they are first opened. */
export const routes: RouteDefinition[] = [
  { component: roomGuard, children: roomRoutes },
  {
    component: Shell,
    children: [
      { path: '/sign-in', component: lazy(() => import('./sign-in')) },
      { path: '/invitation', component: lazy(() => import('./invitation')) },
      { component: guard(['student', 'teacher', 'admin']), children: signedIn },
      { component: guard(['student']), children: studentRoutes },
      { component: guard(['teacher', 'admin']), children: teacherRoutes },
      { component: guard(['admin']), children: adminRoutes },
      ...(import.meta.env.DEV
        ? [{ path: '/styleguide', component: lazy(() => import('./styleguide/styleguide')) }]
        : []),
      { path: '*', component: lazy(() => import('./not-found')) },
    ],
  },
]
