import { Elysia } from 'elysia'
import { ForbiddenError, NotFoundError, UnauthorisedError } from '../errors'
import { type Principal, type Role, readPrincipal, setPrincipal, type Verifiers } from './principal'

/**
 * Who may call a route. `public`: anybody. `signed-in`: any person. Roles: people with one of them. `seat`: the holder of
 * a seat token, or a person with one of the roles that follow. `services`: these other services, each by its own signature,
 * never through the gateway.
 */
export type Allow =
  | 'public'
  | 'signed-in'
  | readonly Role[]
  | { seat: true; roles: readonly Role[] }
  | { services: readonly string[] }

/** `path` is the route template as the service registers it: `/api/exams/:id`. */
export type PolicyRow = { method: string; path: string; allow: Allow }

/** `DELETE /api/exams/:id` */
export const policyName = (method: string, path: string): string => `${method} ${path}`

/**
 * Default deny: lets a request through only if its route's row allows the caller. Second `.use` of every app, after the
 * errors plugin. What belongs to whom is decided by the services' functions, with a 404 for another's object.
 */
export function guard(rows: readonly PolicyRow[], verifiers: Verifiers) {
  const table = new Map(rows.map((row) => [policyName(row.method, row.path), row.allow]))
  return new Elysia({ name: 'guard' }).onTransform({ as: 'global' }, async ({ request, route }) => {
    const allow = table.get(policyName(request.method, route))
    if (allow === undefined) throw new NotFoundError('address')
    const principal = await readPrincipal(request.headers.get('authorization'), verifiers).catch((error) => {
      if (allow === 'public') return null
      throw error
    })
    assertAllowed(allow, principal)
    if (principal) setPrincipal(request, principal)
  })
}

function assertAllowed(allow: Allow, principal: Principal | null): void {
  if (allow === 'public') return
  if (!principal) throw new UnauthorisedError()
  if (principal.kind === 'service' || (typeof allow === 'object' && 'services' in allow)) {
    assertService(allow, principal)
    return
  }
  if (principal.kind === 'seat') {
    if (typeof allow === 'object' && 'seat' in allow) return
    throw new UnauthorisedError('A seat token opens nothing but its own attempt. Sign in.')
  }
  if (allow === 'signed-in') return
  const roles = 'seat' in allow ? allow.roles : allow
  if (!roles.includes(principal.role)) throw new ForbiddenError('forbidden', 'Your account may not do this.')
}

/** Services and people never meet on a route: who is the one may nothing of the other. */
function assertService(allow: Allow, principal: Principal): void {
  if (typeof allow !== 'object' || !('services' in allow) || principal.kind !== 'service') throw new UnauthorisedError()
  if (!allow.services.includes(principal.service)) {
    throw new ForbiddenError('forbidden', `The service ${principal.service} may not do this.`)
  }
}
