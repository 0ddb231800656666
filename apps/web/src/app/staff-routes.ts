import type { RouteDefinition } from '@solidjs/router'
import { adminRoutes } from '../admin/routes'
import { teacherRoutes } from '../teacher/routes'
import { guard } from './guard'

/** The addresses of teachers and admins. */
export const staffRoutes: RouteDefinition[] = [
  { component: guard(['teacher', 'admin']), children: teacherRoutes },
  { component: guard(['admin']), children: adminRoutes },
]
