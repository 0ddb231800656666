import { createEmbeddedBus } from '@hourglass/events/embedded-bus'
import { createGateway } from '@hourglass/gateway/gateway'
import type { ServiceName } from '@hourglass/gateway/routing'
import { listen } from '@hourglass/gateway/server'
import { createLocalUpstream } from '@hourglass/gateway/upstream'
import { createApp as createGrading } from '@hourglass/grading/app'
import { createMemoryCache } from '@hourglass/kit/cache'
import { policyTable } from '@hourglass/policy'
import { createTestDatabase } from '@hourglass/testing/database'
import { testService } from '@hourglass/testing/service'
import type { AnyElysia } from 'elysia'

const migrationsOf = (service: ServiceName) => new URL(`../../../apps/${service}/migrations`, import.meta.url).pathname

/** The services' real apps on real databases, behind a real gateway on a port of its own. */
export async function startServices() {
  const bus = createEmbeddedBus()
  const service = testService(policyTable)
  const unreachable = async () => Promise.reject(new Error('not in this test'))
  const grading = await createTestDatabase({ service: 'grading', migrations: migrationsOf('grading') })
  const content = { paper: unreachable, key: unreachable }
  const apps: Partial<Record<ServiceName, AnyElysia>> = {
    grading: createGrading({ service, db: grading.db, bus, content, snapshot: unreachable }),
  }
  const upstreams = Object.fromEntries(Object.entries(apps).map(([name, app]) => [name, createLocalUpstream(app)]))
  const gateway = createGateway({
    service: testService(policyTable),
    upstreams,
    cache: createMemoryCache(),
    ui: null,
    publicUrl: 'http://localhost',
  })
  const server = listen(gateway, { hostname: '127.0.0.1', port: 0 })
  return {
    apps,
    url: server.url,
    close: async () => {
      await server.stop()
      await bus.close()
      await grading.close()
    },
  }
}
export type Services = Awaited<ReturnType<typeof startServices>>
