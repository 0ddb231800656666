import { generateKeyPairSync } from 'node:crypto'
import type { Role } from '@hourglass/kit/auth/principal'
import { createTokenSigner } from '@hourglass/kit/auth/token'
import { accessKey, accessUse, seatFor, tokenFor } from '@hourglass/testing/service'

/** Somebody who knocks. `is`: what the guard should take them for; `nobody` for every token that is not good. */
export type Principal = { name: string; authorization: string | null; is: 'nobody' | 'seat' | Role }

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')

/** Tokens that must open nothing, each wrong in one way alone. The person and role in them are good. */
export async function impostors(personId: string): Promise<Principal[]> {
  const claims = { role: 'admin', name: 'Mallory', sid: 's' }
  const soon = new Date(Date.now() + 600_000)
  const bearer = async (token: Promise<string>) => `Bearer ${await token}`
  const elsewhere = createTokenSigner(accessKey, { ...accessUse, audience: 'elsewhere' })
  const otherType = createTokenSigner(accessKey, { ...accessUse, typ: 'seat+jwt' })
  const otherIssuer = createTokenSigner(accessKey, { ...accessUse, issuer: 'somebody' })
  const privateKey = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const otherKey = createTokenSigner({ kid: accessKey.kid, privateKey }, accessUse)
  const good = await tokenFor({ personId, role: 'admin' })
  const [header = '', payload = ''] = good.slice('Bearer '.length).split('.')
  const unsigned = `${encode({ alg: 'none', typ: 'at+jwt', kid: accessKey.kid })}.${payload}.`
  const forged: [string, string | null][] = [
    ['nobody at all', null],
    ['an expired token', await tokenFor({ personId, role: 'admin', expiresAt: new Date(Date.now() - 5_000) })],
    ['a token without signature (alg none)', `Bearer ${unsigned}`],
    ['a token whose signature was cut', `Bearer ${header}.${payload}.`],
    ['a token for another audience', await bearer(elsewhere(personId, claims, soon))],
    ['a token of another type', await bearer(otherType(personId, claims, soon))],
    ['a token of another issuer', await bearer(otherIssuer(personId, claims, soon))],
    ['a token of another key', await bearer(otherKey(personId, claims, soon))],
    ['an access token shown as a seat', good.replace('Bearer', 'Seat')],
    ['a token shown as a password', good.replace('Bearer', 'Basic')],
    ['two tokens', `${good}, ${good}`],
  ]
  return forged.map(([name, authorization]) => ({ name, authorization, is: 'nobody' }))
}

export const person = async (name: string, personId: string, role: Role): Promise<Principal> => ({
  name,
  is: role,
  authorization: await tokenFor({ personId, role }),
})

export const seat = async (name: string, personId: string, attemptId: string): Promise<Principal> => ({
  name,
  is: 'seat',
  authorization: await seatFor({ personId, attemptId }),
})
