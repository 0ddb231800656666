import type { Bus } from '@hourglass/events/bus'
import type { Feed } from '@hourglass/events/catch-up'
import type { Db } from '@hourglass/kit/db/connect'
import type { ServiceDeps } from '@hourglass/kit/service'

export type Deps = {
  service: ServiceDeps
  db: Db
  bus: Bus
  /** What the services that this one hears have told, to look through for what never arrived. */
  feeds: readonly Feed[]
  /** Signs access tokens: `createTokenSigner(key, { typ: 'at+jwt', audience: 'hourglass-api' })`. */
  signAccess: (subject: string, claims: Record<string, unknown>, expiresAt: Date) => Promise<string>
  /** 32 or more secret characters, the same in every replica: refresh tokens follow from their predecessors by it. */
  refreshSecret: string
  /** Origins of the pages that may use the session cookies: `https://exams.example.org`. */
  origins: readonly string[]
}
