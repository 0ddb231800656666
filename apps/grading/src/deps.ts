import type { Bus } from '@hourglass/events/bus'
import type { Feed } from '@hourglass/events/catch-up'
import type { Db } from '@hourglass/kit/db/connect'
import type { ServiceDeps } from '@hourglass/kit/service'

/** Published bodies by their digests, from the service that publishes them. Rejects when it cannot be reached. */
export type ContentPort = {
  paper: (digest: string) => Promise<unknown>
  key: (digest: string) => Promise<unknown>
}

/** The sealed answers of an attempt, from the exam room. Rejects when it cannot be reached or has no such snapshot. */
export type SnapshotPort = (attemptId: string, digest: string) => Promise<unknown>

export type Deps = {
  service: ServiceDeps
  db: Db
  bus: Bus
  /** What the services that this one hears have told, to look through for what never arrived. */
  feeds: readonly Feed[]
  content: ContentPort
  snapshot: SnapshotPort
}
