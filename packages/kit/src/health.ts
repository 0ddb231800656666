import { Elysia } from 'elysia'

/** `starting` until migrations and first connections are done; `draining` from the signal to stop. */
export type Readiness = { state: 'starting' | 'ready' | 'draining'; check: () => Promise<boolean> }

/**
 * `/health/live` says only that the event loop turns, never anything of a dependency. `/health/startup` turns true once.
 * `/health/ready` also asks the dependencies without which no request can be served.
 */
export const health = (readiness: Readiness) =>
  new Elysia({ name: 'health', tags: ['health'] })
    .get('/health/live', () => ({ status: 'ok' as const }))
    .get('/health/startup', ({ status }) =>
      readiness.state === 'starting' ? status(503, { status: 'starting' as const }) : { status: 'ok' as const },
    )
    .get('/health/ready', async ({ status }) => {
      if (readiness.state !== 'ready') return status(503, { status: readiness.state })
      const isReachable = await readiness.check().catch(() => false)
      return isReachable ? { status: 'ok' as const } : status(503, { status: 'unreachable' as const })
    })
