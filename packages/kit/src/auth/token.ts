import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { decodeProtectedHeader, jwtVerify, SignJWT } from 'jose'
import { UnauthorisedError } from '../errors'

/** Ed25519 private key in PEM (PKCS #8) with the `kid` that its tokens carry. */
export type SigningKey = { kid: string; privateKey: string }
/** Ed25519 public key in PEM (SPKI). Several at once while keys are rotated. */
export type VerifyingKey = { kid: string; publicKey: string }

export type TokenClaims = Record<string, unknown> & { sub: string; exp: number }

export const publicKeyOf = ({ kid, privateKey }: SigningKey): VerifyingKey => ({
  kid,
  publicKey: createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString(),
})

/** Signs `claims` as a JWT (EdDSA only, explicit `typ`, RFC 8725) that ends at `expiresAt`. */
export function createTokenSigner(key: SigningKey, options: { typ: string; audience: string; issuer?: string }) {
  const privateKey = createPrivateKey(key.privateKey)
  return async (subject: string, claims: Record<string, unknown>, expiresAt: Date): Promise<string> =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'EdDSA', kid: key.kid, typ: options.typ })
      .setSubject(subject)
      .setIssuer(options.issuer ?? 'hourglass')
      .setAudience(options.audience)
      .setIssuedAt()
      .setExpirationTime(Math.ceil(expiresAt.getTime() / 1_000))
      .sign(privateKey)
}

export type TokenVerifier = (token: string) => Promise<TokenClaims>

/**
 * Verifies a token once and remembers it until it ends: an EdDSA check costs some 20 µs, a look in the map 1.
 * Throws an UnauthorisedError whatever is wrong; the answer does not say which part. Bounded to `maxCached` tokens.
 */
export function createTokenVerifier(
  keys: readonly VerifyingKey[],
  options: { typ: string; audience: string; issuer?: string; maxCached?: number },
): TokenVerifier {
  const publicKeys = new Map(keys.map(({ kid, publicKey }) => [kid, createPublicKey(publicKey)]))
  const verified = new Map<string, TokenClaims>()
  const { maxCached = 20_000 } = options
  return async (token) => {
    const known = verified.get(token)
    if (known && known.exp * 1_000 > Date.now()) return known
    if (known) verified.delete(token)
    const claims = await verify(token, publicKeys, options)
    if (verified.size >= maxCached) {
      const oldest = verified.keys().next().value
      if (oldest !== undefined) verified.delete(oldest)
    }
    verified.set(token, claims)
    return claims
  }
}

async function verify(
  token: string,
  keys: ReadonlyMap<string, KeyObject>,
  options: { typ: string; audience: string; issuer?: string },
): Promise<TokenClaims> {
  try {
    const key = keys.get(decodeProtectedHeader(token).kid ?? '')
    if (!key) throw new Error('unknown key')
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['EdDSA'],
      typ: options.typ,
      audience: options.audience,
      issuer: options.issuer ?? 'hourglass',
      requiredClaims: ['sub', 'exp'],
    })
    const { sub, exp } = payload
    if (typeof sub !== 'string' || typeof exp !== 'number') throw new Error('claims missing')
    return { ...payload, sub, exp }
  } catch {
    throw new UnauthorisedError('This sign-in is no longer valid. Sign in again.')
  }
}
