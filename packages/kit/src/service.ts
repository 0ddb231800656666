import { Elysia } from 'elysia'
import { guard, type PolicyRow } from './auth/guard'
import type { Verifiers } from './auth/principal'
import { errors } from './errors-plugin'
import { health, type Readiness } from './health'
import type { Instruments } from './instruments'
import { observe } from './observe'

export type ServiceDeps = Instruments & {
  readiness: Readiness
  policy: readonly PolicyRow[]
  verifiers: Verifiers
}

/** What every service's app begins with, in the one order that works: errors, observation, guard, health. */
export const service = ({ readiness, policy, verifiers, ...instruments }: ServiceDeps) =>
  new Elysia({ name: 'service' })
    .use(errors(instruments.log))
    .use(observe(instruments))
    .use(guard([...policy, ...commonPolicy], verifiers))
    .use(health(readiness))

const commonPolicy: PolicyRow[] = [
  { method: 'GET', path: '/health/live', allow: 'public' },
  { method: 'GET', path: '/health/startup', allow: 'public' },
  { method: 'GET', path: '/health/ready', allow: 'public' },
  { method: 'GET', path: '/internal/openapi.json', allow: { services: ['gateway'] } },
]
