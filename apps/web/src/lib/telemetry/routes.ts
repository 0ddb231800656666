import { pageRoutes } from '@hourglass/kit/page-report'

const shapes = pageRoutes.map((route) => ({ route, shape: new RegExp(`^${route.replace(/:\w+/g, '[^/]+')}$`) }))

/** The template of a page's address: nothing else of it leaves the page. */
export const routeOf = (path: string): string => shapes.find(({ shape }) => shape.test(path))?.route ?? 'other'
