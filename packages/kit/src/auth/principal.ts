import { Elysia } from 'elysia'
import { z } from 'zod'
import { UnauthorisedError } from '../errors'
import type { TokenVerifier } from './token'

export const Role = z.enum(['student', 'teacher', 'admin'])
export type Role = z.infer<typeof Role>

/** Who asks: a person by access token, or the holder of a seat token for one attempt. */
export type Principal =
  | { kind: 'person'; personId: string; role: Role; name: string; sessionId: string }
  | { kind: 'seat'; personId: string; attemptId: string }

const AccessClaims = z.object({ sub: z.string(), role: Role, name: z.string(), sid: z.string() })
const SeatClaims = z.object({ sub: z.string(), attempt: z.string() })

export type Verifiers = { access: TokenVerifier; seat?: TokenVerifier }

/** Reads `Authorization: Bearer …` as an access token, or `Seat …` as a seat token where the service takes them. */
export async function readPrincipal(authorization: string | null, verifiers: Verifiers): Promise<Principal | null> {
  if (!authorization) return null
  const [scheme = '', token = ''] = authorization.split(' ')
  if (scheme.toLowerCase() === 'bearer') {
    const claims = AccessClaims.safeParse(await verifiers.access(token))
    if (!claims.success) throw new UnauthorisedError()
    const { sub, role, name, sid } = claims.data
    return { kind: 'person', personId: sub, role, name, sessionId: sid }
  }
  if (scheme.toLowerCase() === 'seat' && verifiers.seat) {
    const claims = SeatClaims.safeParse(await verifiers.seat(token))
    if (!claims.success) throw new UnauthorisedError()
    return { kind: 'seat', personId: claims.data.sub, attemptId: claims.data.attempt }
  }
  throw new UnauthorisedError()
}

const principals = new WeakMap<Request, Principal>()

/** Called by the guard, once a request, after the policy let it pass. */
export const setPrincipal = (request: Request, principal: Principal): void => void principals.set(request, principal)

/** The principal of a request that the guard let in; `null` on public routes without a token. */
export const principalOf = (request: Request): Principal | null => principals.get(request) ?? null

/** The signed-in person. Throws an UnauthorisedError when there is none: only on routes whose policy is `public` or `seat`. */
export function personOf(request: Request): Extract<Principal, { kind: 'person' }> {
  const principal = principalOf(request)
  if (principal?.kind !== 'person') throw new UnauthorisedError()
  return principal
}

/** Gives handlers `person`, for routes that only signed-in people reach. */
export const person = () =>
  new Elysia({ name: 'person' }).resolve({ as: 'scoped' }, ({ request }) => ({ person: personOf(request) }))
