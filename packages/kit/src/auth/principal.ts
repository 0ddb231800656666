import { Elysia } from 'elysia'
import { z } from 'zod'
import { UnauthorisedError } from '../errors'
import type { ServiceVerifier } from './service-identity'
import type { TokenClaims, TokenVerifier } from './token'

export const Role = z.enum(['student', 'teacher', 'admin'])
export type Role = z.infer<typeof Role>

/** Who asks: a person by access token, the holder of a seat token for one attempt, or another service. */
export type Principal =
  | { kind: 'person'; personId: string; role: Role; name: string; sessionId: string }
  | { kind: 'seat'; personId: string; attemptId: string }
  | { kind: 'service'; service: string }

/** Somebody at a keyboard. */
export type PersonOrSeat = Exclude<Principal, { kind: 'service' }>

const AccessClaims = z.object({ sub: z.string(), role: Role, name: z.string(), sid: z.string() })
const SeatClaims = z.object({ sub: z.string(), attempt: z.string() })

export type Verifiers = { access: TokenVerifier; seat?: TokenVerifier; service?: ServiceVerifier }

/** Reads `Authorization: Bearer …` as an access token, `Seat …` and `Service …` as what they say where such are taken. */
export async function readPrincipal(authorization: string | null, verifiers: Verifiers): Promise<Principal | null> {
  if (!authorization) return null
  const [scheme = '', token = ''] = authorization.split(' ')
  if (scheme.toLowerCase() === 'bearer') {
    return readOnce(await verifiers.access(token), (claims) => {
      const { sub, role, name, sid } = AccessClaims.parse(claims)
      return { kind: 'person', personId: sub, role, name, sessionId: sid }
    })
  }
  if (scheme.toLowerCase() === 'seat' && verifiers.seat) {
    return readOnce(await verifiers.seat(token), (claims) => {
      const { sub, attempt } = SeatClaims.parse(claims)
      return { kind: 'seat', personId: sub, attemptId: attempt }
    })
  }
  if (scheme.toLowerCase() === 'service' && verifiers.service) {
    return { kind: 'service', service: await verifiers.service(token) }
  }
  throw new UnauthorisedError()
}

const known = new WeakMap<TokenClaims, Principal>()

/** Claims are the same object for as long as their token is remembered, and so is who they name. */
function readOnce(claims: TokenClaims, read: (claims: TokenClaims) => Principal): Principal {
  let principal = known.get(claims)
  if (principal) return principal
  try {
    principal = read(claims)
  } catch {
    throw new UnauthorisedError()
  }
  known.set(claims, principal)
  return principal
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

/** The service that asks, on routes whose policy names services. */
export function callingServiceOf(request: Request): string {
  const principal = principalOf(request)
  if (principal?.kind !== 'service') throw new UnauthorisedError()
  return principal.service
}
