import type { RouteDefinition } from '@solidjs/router'
import { createSignal, lazy } from 'solid-js'
import { roomRoutes, studentRoutes } from '../student/routes'
import { guard, roomGuard } from './guard'
import { Shell } from './shell'

const signedIn: RouteDefinition[] = [
  { path: '/account', component: lazy(() => import('./account')) },
  { path: '/mailbox', component: lazy(() => import('./mailbox')) },
]

const [staffRoutes, setStaffRoutes] = createSignal<RouteDefinition[] | null>(null)

/** Stands for all addresses of teachers and admins until the first of them is opened: students never load that list. */
const staffGate: RouteDefinition = {
  component: guard(['teacher', 'admin']),
  children: ['/teach/*', '/admin/*'].map((path) => ({
    path,
    component: lazy(async () => {
      setStaffRoutes((await import('./staff-routes')).staffRoutes)
      return { default: () => null }
    }),
  })),
}

const openRoutes: RouteDefinition[] = [
  { path: '/sign-in', component: lazy(() => import('./sign-in')) },
  { path: '/invitation', component: lazy(() => import('./invitation')) },
  { component: guard(['student', 'teacher', 'admin']), children: signedIn },
  { component: guard(['student']), children: studentRoutes },
  ...(import.meta.env.DEV ? [{ path: '/styleguide', component: lazy(() => import('./styleguide/styleguide')) }] : []),
  { path: '*', component: lazy(() => import('./not-found')) },
]

/** Every address. A role's pages live in its own folder and are loaded when they are first opened. */
export const routes: RouteDefinition[] = [
  { component: roomGuard, children: roomRoutes },
  {
    component: Shell,
    // Read again when the staff's addresses have come; the frame itself stays.
    get children() {
      return [...openRoutes, ...(staffRoutes() ?? [staffGate])]
    },
  },
]
