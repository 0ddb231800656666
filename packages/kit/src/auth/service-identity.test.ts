import { expect, test } from 'bun:test'
import { generateKeyPairSync } from 'node:crypto'
import { createServiceCaller, createServiceVerifier, type ServiceKey } from './service-identity'
import { createTokenSigner, publicKeyOf, type SigningKey } from './token'

const keyOf = (kid: string): SigningKey => ({
  kid,
  privateKey: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
})
const [exams, grading] = [keyOf('exams-1'), keyOf('grading-1')]
const keys: ServiceKey[] = [
  { service: 'exams', ...publicKeyOf(exams) },
  { service: 'grading', ...publicKeyOf(grading) },
]
const verify = createServiceVerifier(keys, 'quizzes')

/** The token that a call of `service`, signed with `key`, shows to `target`. */
async function tokenOf(service: string, key: SigningKey, target = 'quizzes'): Promise<string> {
  let shown = ''
  const fetcher = createServiceCaller(service, key)(target, async (request) => {
    shown = request.headers.get('authorization') ?? ''
    return new Response()
  })
  await fetcher(new Request('http://localhost/internal/keys/1', { headers: { authorization: 'Bearer forwarded' } }))
  return shown.slice('Service '.length)
}

test('a call says who asks, and what the caller’s own request said is gone', async () => {
  expect(await verify(await tokenOf('grading', grading))).toBe('grading')
})

test('nobody speaks in another’s name, for another’s ears, with an unknown key or too late', async () => {
  const refused = (token: string) => expect(verify(token)).rejects.toMatchObject({ status: 401 })
  await refused(await tokenOf('grading', exams))
  await refused(await tokenOf('grading', { ...exams, kid: grading.kid }))
  await refused(await tokenOf('grading', grading, 'exams'))
  await refused(await tokenOf('grading', keyOf('grading-2')))
  await refused('')
  await refused('a.b.c')
  const use = { typ: 'service+jwt', audience: 'service:quizzes' }
  const sign = createTokenSigner(grading, use)
  await refused(await sign('grading', {}, new Date(Date.now() - 2_000)))
  await refused(
    await createTokenSigner(grading, { ...use, typ: 'at+jwt' })('grading', {}, new Date(Date.now() + 60_000)),
  )
})

test('one signature serves many calls', async () => {
  const seen = new Set<string | null>()
  const fetcher = createServiceCaller('grading', grading)('quizzes', async (request) => {
    seen.add(request.headers.get('authorization'))
    return new Response()
  })
  for (let call = 0; call < 20; call++) await fetcher(new Request('http://localhost/'))
  expect(seen.size).toBe(1)
})
