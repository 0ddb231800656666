import { expect, test } from 'bun:test'
import { pageRoutes } from '@hourglass/kit/page-report'
import type { RouteDefinition } from '@solidjs/router'
import { adminRoutes } from '../../admin/routes'
import { roomRoutes, studentRoutes } from '../../student/routes'
import { teacherRoutes } from '../../teacher/routes'
import { routeOf } from './routes'

/** Those that `app/routes.ts` has beside the lists of the roles. */
const common = ['/sign-in', '/invitation', '/account', '/mailbox']

const templatesOf = (routes: readonly RouteDefinition[], above = ''): string[] =>
  routes.flatMap(({ path, children }) => {
    const own = `${above}${path}`.replace(/(.)\/$/, '$1')
    return children ? templatesOf([children].flat(), own) : [own]
  })

test('every address of the pages is a route by which they are measured, and every route is an address', async () => {
  const app = await Bun.file(new URL('../../app/routes.ts', import.meta.url)).text()
  const ofApp = [...app.matchAll(/path: '(\/[^'*]+)'/g)].map(([, path]) => path)
  expect(ofApp.filter((path) => path !== '/styleguide')).toEqual(expect.arrayContaining(common))
  const templates = [...common, ...templatesOf([...roomRoutes, ...studentRoutes, ...teacherRoutes, ...adminRoutes])]
  expect(templates.toSorted()).toEqual([...pageRoutes].toSorted())
  expect(ofApp.filter((path) => path !== '/styleguide').toSorted()).toEqual(common.toSorted())
})

test('an address becomes its template, by its words before its ids, and anything else becomes other', () => {
  for (const route of pageRoutes) expect(routeOf(route.replaceAll(/:\w+/g, '0197a3c2-5d7e'))).toBe(route)
  expect(routeOf('/teach/exams/new')).toBe('/teach/exams/new')
  for (const path of ['/nowhere', '/exams', '/exams/1/2', '/teach/exams/1/', '/Exams/1'])
    expect(routeOf(path)).toBe('other')
})
