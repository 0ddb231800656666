import { generateKeyPairSync } from 'node:crypto'
import type { Role } from '@hourglass/kit/auth/principal'
import { createTokenSigner, createTokenVerifier, publicKeyOf } from '@hourglass/kit/auth/token'
import { createMemoryCache } from '@hourglass/kit/cache'
import { silentLogger } from '@hourglass/kit/logger'
import { createMetrics } from '@hourglass/kit/metrics'
import { policyTable } from '@hourglass/policy'
import type { Deps } from './deps'
import { createGateway } from './gateway'
import { listen } from './server'

const privateKey = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const key = { kid: 'test', privateKey }
const accessTokens = { typ: 'at+jwt', audience: 'hourglass-api' }
const sign = createTokenSigner(key, accessTokens)

/** An `authorization` header of a signed-in person. */
export const signedIn = async (personId: string, role: Role = 'student'): Promise<string> =>
  `Bearer ${await sign(personId, { role, name: 'Ada', sid: 's' }, new Date(Date.now() + 600_000))}`

export const gatewayDeps = (given: Partial<Deps>): Deps => ({
  service: {
    log: silentLogger(),
    metrics: createMetrics('gateway'),
    readiness: { state: 'ready', check: async () => true },
    policy: policyTable,
    verifiers: { access: createTokenVerifier([publicKeyOf(key)], accessTokens) },
  },
  upstreams: {},
  cache: createMemoryCache(),
  ui: null,
  publicUrl: 'http://localhost',
  ...given,
})

/** A gateway on a port of its own, as people reach it. */
export function startGateway(given: Partial<Deps>) {
  const deps = gatewayDeps(given)
  return { deps, ...listen(createGateway(deps), { hostname: '127.0.0.1', port: 0, ui: deps.ui }) }
}
