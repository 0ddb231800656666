import type { Bus } from '@hourglass/events/bus'
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
  content: ContentPort
  snapshot: SnapshotPort
}
