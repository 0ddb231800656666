import { createMemoryCache } from '@hourglass/kit/memory-cache'
import { policyTable } from '@hourglass/policy'
import { testService } from '@hourglass/testing/service'
import type { Deps } from './deps'
import { createGateway } from './gateway'
import { listen } from './server'

export const gatewayDeps = (given: Partial<Deps>): Deps => ({
  service: testService(policyTable),
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
