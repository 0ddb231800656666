import { decodeProtectedHeader } from 'jose'
import { UnauthorisedError } from '../errors'
import type { Fetcher } from '../fetch'
import { createTokenSigner, createTokenVerifier, type SigningKey, type VerifyingKey } from './token'

/** A service's public key: what is signed with it was said by this service alone. */
export type ServiceKey = VerifyingKey & { service: string }

const use = (audience: string) => ({ typ: 'service+jwt', audience: `service:${audience}` })

const lifeMs = 60_000
/** A token is used for half of its life, so that one never ends on its way. */
const renewMs = lifeMs / 2

/**
 * How a service calls others: `callerOf('exams')` answers a fetch whose requests say who asks, by a token of one minute that the
 * other side alone accepts. Signed with the service's own Ed25519 key.
 */
export function createServiceCaller(service: string, key: SigningKey) {
  return (target: string, fetcher: Fetcher): Fetcher => {
    const sign = createTokenSigner(key, use(target))
    let signed: { token: Promise<string>; at: number } | null = null
    const tokenNow = (): Promise<string> => {
      const now = Date.now()
      if (signed === null || now - signed.at > renewMs) {
        signed = { token: sign(service, {}, new Date(now + lifeMs)), at: now }
      }
      return signed.token
    }
    return async (request) => {
      const headers = new Headers(request.headers)
      headers.set('authorization', `Service ${await tokenNow()}`)
      return fetcher(new Request(request, { headers }))
    }
  }
}
export type ServiceCaller = ReturnType<typeof createServiceCaller>

/** Answers which service signed a token. */
export type ServiceVerifier = (token: string) => Promise<string>

/**
 * Verifies what other services sign for `audience`. A key speaks for its own service only: whoever signs in another's name is
 * refused with an UnauthorisedError.
 */
export function createServiceVerifier(keys: readonly ServiceKey[], audience: string): ServiceVerifier {
  const services = [...new Set(keys.map(({ service }) => service))]
  const verifiers = services.map((service) => ({
    service,
    kids: new Set(keys.filter((key) => key.service === service).map(({ kid }) => kid)),
    verify: createTokenVerifier(
      keys.filter((key) => key.service === service),
      use(audience),
    ),
  }))
  return async (token) => {
    const kid = kidOf(token)
    const owner = verifiers.find(({ kids }) => kids.has(kid))
    if (!owner) throw new UnauthorisedError('This service is not known here.')
    const { sub } = await owner.verify(token)
    if (sub !== owner.service) throw new UnauthorisedError('This service is not known here.')
    return owner.service
  }
}

function kidOf(token: string): string {
  try {
    return decodeProtectedHeader(token).kid ?? ''
  } catch {
    return ''
  }
}
