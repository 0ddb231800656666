import type { Bus } from '@hourglass/events/bus'
import type { Feed } from '@hourglass/events/catch-up'
import type { Cache } from '@hourglass/kit/cache'
import type { Db } from '@hourglass/kit/db/connect'
import type { ServiceDeps } from '@hourglass/kit/service'
import type { Paper } from '@hourglass/questions/paper'
import type { Sql } from 'postgres'

/** Pulls a published paper by its digest. Rejects when it cannot be had in time. */
export type FetchPaper = (digest: string) => Promise<Paper>

/** `createTokenSigner` of the kit with `typ: 'seat+jwt'` and `audience: 'exams'`. */
export type SignSeat = (personId: string, claims: { attempt: string }, expiresAt: Date) => Promise<string>

export type Deps = {
  service: ServiceDeps
  db: Db
  /** The same pool as `db`, for the statements that every save runs. */
  sql: Sql
  /** A pool apart, for what the exam room does by itself: a slow database lets no job take the students' connections. */
  background: Db
  bus: Bus
  /** What the services that this one hears have told, to look through for what never arrived. */
  feeds: readonly Feed[]
  cache: Cache
  papers: FetchPaper
  signSeat: SignSeat
  /** Secret of the receipts' HMAC, 32 bytes or more. */
  receiptKey: string
  /** For how long after its end an attempt takes answers that were sent before it. */
  networkGraceSeconds: number
}
