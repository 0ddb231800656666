import type { Bus } from '@hourglass/events/bus'
import type { Feed } from '@hourglass/events/catch-up'
import type { Db } from '@hourglass/kit/db/connect'
import type { ServiceDeps } from '@hourglass/kit/service'

/** Published bodies by their digests, from the service that publishes them. Rejects when it cannot be reached. */
export type ContentPort = {
  paper: (digest: string) => Promise<unknown>
  key: (digest: string) => Promise<unknown>
}

export type SnapshotName = { attemptId: string; digest: string }

/** The sealed answers of attempts by their digests, from the exam room; those that it has. Rejects when it cannot be reached. */
export type SnapshotPort = (wanted: readonly SnapshotName[]) => Promise<ReadonlyMap<string, unknown>>

export type Deps = {
  service: ServiceDeps
  db: Db
  bus: Bus
  /** What the services that this one hears have told, to look through for what never arrived. */
  feeds: readonly Feed[]
  content: ContentPort
  snapshots: SnapshotPort
}
