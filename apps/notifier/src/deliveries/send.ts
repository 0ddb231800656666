import type { Db } from '@hourglass/kit/db/connect'
import { traceConsequence } from '@hourglass/kit/event-trace'
import { and, asc, eq, exists, inArray, lte, sql } from 'drizzle-orm'
import type { Deps } from '../deps'
import { deliveries, people } from '../schema'
import { composeMail } from './compose'

export type Delivery = typeof deliveries.$inferSelect

const batchSize = 20
const sendTimeoutMs = 15_000
/** Longer than a batch can take, so that no other worker takes what is being sent; what a worker died with waits for so long. */
const leaseSeconds = 30
/** Seconds until the next try after the 1st, 2nd, … failure, ±20 %; after the last the delivery has failed. */
const retrySeconds = [5, 30, 120, 600, 1_800, 7_200, 21_600]

type SendDeps = Pick<Deps, 'db' | 'mailer' | 'publicUrl' | 'service'>

/** Sends every delivery whose turn has come; answers how many it took. Several workers may run it at once. */
export async function sendDue(deps: SendDeps): Promise<number> {
  let taken = 0
  while (true) {
    const batch = await claim(deps.db)
    await Promise.all(batch.map((delivery) => send(deps, delivery)))
    taken += batch.length
    if (batch.length < batchSize) return taken
  }
}

/** Leases a batch to this worker. The lease is committed before anything is sent: no transaction waits for a mail server. */
const claim = (db: Db): Promise<Delivery[]> =>
  db.transaction(async (tx) => {
    const isReachable = and(eq(people.personId, deliveries.personId), eq(people.isActive, true))
    const due = await tx
      .select({ id: deliveries.id })
      .from(deliveries)
      .where(
        and(
          eq(deliveries.state, 'pending'),
          lte(deliveries.nextAttemptAt, sql`clock_timestamp()`),
          exists(tx.select({ one: sql`1` }).from(people).where(isReachable)),
        ),
      )
      .orderBy(asc(deliveries.nextAttemptAt), asc(deliveries.id))
      .limit(batchSize)
      .for('update', { skipLocked: true })
    if (due.length === 0) return []
    return tx
      .update(deliveries)
      .set({
        attempts: sql`${deliveries.attempts} + 1`,
        nextAttemptAt: sql`clock_timestamp() + make_interval(secs => ${leaseSeconds})`,
      })
      .where(
        inArray(
          deliveries.id,
          due.map(({ id }) => id),
        ),
      )
      .returning()
  })

async function send({ db, mailer, publicUrl, service }: SendDeps, delivery: Delivery): Promise<void> {
  const { log } = service
  const line = { deliveryId: delivery.id, kind: delivery.kind, attempts: delivery.attempts, ...attemptOf(delivery) }
  try {
    await traceConsequence(service, delivery.traceparent, `mail ${delivery.kind}`, async () => {
      const mail = await composeMail(db, publicUrl, delivery)
      if (mail) await withinTimeout(mailer.send(mail))
      await settle(db, delivery, { state: mail ? 'sent' : 'obsolete', nextAttemptAt: null, endedAt: new Date() })
      log.info(line, mail ? 'mail sent' : 'mail overtaken before it was sent')
    })
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).slice(0, 2_000)
    const seconds = retrySeconds[delivery.attempts - 1]
    if (seconds === undefined) {
      log.error({ err: error, ...line }, 'mail given up')
      return settle(db, delivery, { state: 'failed', nextAttemptAt: null, endedAt: new Date(), reason })
    }
    log.warn({ err: error, ...line }, 'mail not sent, it will be tried again')
    const pause = seconds * (0.8 + Math.random() * 0.4)
    await settle(db, delivery, { reason, nextAttemptAt: sql`clock_timestamp() + make_interval(secs => ${pause})` })
  }
}

/** Of mails about one attempt, its id. */
const attemptOf = ({ kind, subjectId }: Delivery) => (kind === 'result-released' ? { attemptId: subjectId } : {})

/** Writes the outcome of this worker's try, unless its lease ran out and another has taken the delivery since. */
async function settle(
  db: Db,
  { id, attempts }: Delivery,
  outcome: Parameters<ReturnType<Db['update']>['set']>[0] & object,
): Promise<void> {
  await db
    .update(deliveries)
    .set(outcome)
    .where(and(eq(deliveries.id, id), eq(deliveries.attempts, attempts), eq(deliveries.state, 'pending')))
}

async function withinTimeout(sending: Promise<void>): Promise<void> {
  let timer: Timer | undefined
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the mailer did not answer within ${sendTimeoutMs} ms`)), sendTimeoutMs)
  })
  await Promise.race([sending, timeout]).finally(() => clearTimeout(timer))
}
