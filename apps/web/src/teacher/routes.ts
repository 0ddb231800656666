import type { RouteDefinition } from '@solidjs/router'
import { classRoutes } from './classes/routes'
import { examRoutes } from './exams/routes'
import { quizRoutes } from './quizzes/routes'

/** Each area keeps its own list; a page is loaded when it is first opened. */
export const teacherRoutes: RouteDefinition[] = [...classRoutes, ...examRoutes, ...quizRoutes]
