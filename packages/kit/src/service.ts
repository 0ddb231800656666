import { Elysia } from 'elysia'
import { guard, type PolicyRow } from './auth/guard'
import type { Verifiers } from './auth/principal'
import { errors } from './errors-plugin'
import { health, type Readiness } from './health'
import type { Logger } from './logger'
import type { Metrics } from './metrics'
import { observe } from './observe'

export type ServiceDeps = {
  log: Logger
  metrics: Metrics
  readiness: Readiness
  policy: readonly PolicyRow[]
  verifiers: Verifiers
}

/** What every service's app begins with, in the one order that works: errors, observation, guard, health. */
export const service = ({ log, metrics, readiness, policy, verifiers }: ServiceDeps) =>
  new Elysia({ name: 'service' })
    .use(errors(log))
    .use(observe(log, metrics))
    .use(guard([...policy, ...commonPolicy], verifiers))
    .use(health(readiness))

const commonPolicy: PolicyRow[] = [
  { method: 'GET', path: '/health/live', allow: 'public' },
  { method: 'GET', path: '/health/startup', allow: 'public' },
  { method: 'GET', path: '/health/ready', allow: 'public' },
  { method: 'GET', path: '/internal/openapi.json', allow: { services: ['gateway'] } },
]
