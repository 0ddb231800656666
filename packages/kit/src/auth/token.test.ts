import { expect, test } from 'bun:test'
import { generateKeyPairSync } from 'node:crypto'
import { createTokenSigner, createTokenVerifier, publicKeyOf } from './token'

const keyOf = (kid: string) => ({
  kid,
  privateKey: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
})
const use = { typ: 'at+jwt', audience: 'hourglass-api' }
const [old, next] = [keyOf('old'), keyOf('next')]
const sign = (key = old, options: { typ: string; audience: string; issuer?: string } = use, inMs = 60_000) =>
  createTokenSigner(key, options)('p1', { role: 'student' }, new Date(Date.now() + inMs))

test('a token is verified once and remembered, but not beyond its end', async () => {
  const verify = createTokenVerifier([publicKeyOf(old)], use)
  const token = await sign(old, use, 1_000)
  expect(await verify(token)).toBe(await verify(token))
  await Bun.sleep(2_100)
  await expect(verify(token)).rejects.toMatchObject({ status: 401 })
})

test('what is remembered is bounded, and one that was forgotten is verified again', async () => {
  const verify = createTokenVerifier([publicKeyOf(old)], { ...use, maxCached: 1 })
  const [one, two] = [await sign(), await sign(old, use, 90_000)]
  const first = await verify(one)
  await verify(two)
  const again = await verify(one)
  expect(again).not.toBe(first)
  expect(again).toEqual(first)
})

test('keys are rotated by kid: both hold while both are known, and one that was taken away holds no more', async () => {
  const both = createTokenVerifier([publicKeyOf(old), publicKeyOf(next)], use)
  for (const key of [old, next]) expect((await both(await sign(key))).sub).toBe('p1')
  const after = createTokenVerifier([publicKeyOf(next)], use)
  await expect(after(await sign(old))).rejects.toMatchObject({ status: 401 })
})

test('another key under a known kid, another typ, audience or issuer are one and the same 401', async () => {
  const verify = createTokenVerifier([publicKeyOf(old)], use)
  const words = new Set<string>()
  for (const token of [
    await sign(keyOf('old')),
    await sign(old, { ...use, typ: 'seat+jwt' }),
    await sign(old, { ...use, audience: 'exams' }),
    await sign(old, { ...use, issuer: 'somebody' }),
    `${await sign()}x`,
  ]) {
    const error = await verify(token).catch((error) => error)
    expect(error.status).toBe(401)
    words.add(error.message)
  }
  expect(words.size).toBe(1)
})
