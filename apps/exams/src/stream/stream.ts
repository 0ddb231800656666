import type { Db } from '@hourglass/kit/db/connect'
import type { AttemptRow } from '../attempts/find-attempt'
import { signSeatOf } from '../attempts/seat'
import { readClock, toInstant } from '../clock'
import type { SignSeat } from '../deps'
import type { AttemptFeed } from './feed'

type Parts = { db: Db; feed: AttemptFeed; signSeat: SignSeat; networkGraceSeconds: number }

const clockEveryMs = 10_000

/**
 * The server-sent events of one attempt: `clock` at first, when its end moves and every ten seconds; `paused`, `resumed`; `sealed`,
 * after which it ends. When the feed sends it away it ends with a jittered `retry:`.
 */
export function streamAttempt(
  { db, feed, signSeat, networkGraceSeconds }: Parts,
  first: AttemptRow,
  signal: AbortSignal,
): Response {
  const encoder = new TextEncoder()
  let close = () => {}
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      let known = first
      const send = (event: string, data: object) =>
        controller.enqueue(encoder.encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`))
      // One after the other, so that events leave in the order of what they tell.
      let turn = Promise.resolve()
      const tell = (event: string, row: AttemptRow) => {
        turn = turn
          .then(async () => {
            const now = await readClock(db)
            if (isClosed) return
            const seatToken = await signSeatOf({ signSeat, networkGraceSeconds }, row, now)
            send(event, { serverTime: now.toISOString(), ...eventData(row), seatToken })
            if (event === 'sealed') close()
          })
          .catch(() => close())
      }
      let isClosed = false
      const heartbeat = setInterval(() => tell('clock', known), clockEveryMs)
      const unsubscribe = feed.subscribe(first.id, {
        onChange: (row) => {
          const event = eventOf(known, row)
          known = row
          if (event) tell(event, row)
        },
        onLeave: () => {
          if (isClosed) return
          controller.enqueue(encoder.encode(`retry: ${1_000 + Math.floor(Math.random() * 4_000)}\n\n`))
          close()
        },
      })
      close = () => {
        if (isClosed) return
        isClosed = true
        clearInterval(heartbeat)
        unsubscribe()
        signal.removeEventListener('abort', close)
        try {
          controller.close()
        } catch {
          // The client has gone: the stream is closed already.
        }
      }
      signal.addEventListener('abort', close)
      tell(first.state === 'open' ? 'clock' : 'sealed', first)
    },
    cancel: () => close(),
  })
  const headers = { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' }
  return new Response(body, { headers })
}

function eventOf(before: AttemptRow, after: AttemptRow): string | null {
  if (before.state === 'open' && after.state !== 'open') return 'sealed'
  if (before.pausedAt === null && after.pausedAt !== null) return 'paused'
  if (before.pausedAt !== null && after.pausedAt === null) return 'resumed'
  const isSame = (a: Date | null, b: Date | null) => a?.getTime() === b?.getTime()
  return isSame(before.deadline, after.deadline) && isSame(before.sealDueAt, after.sealDueAt) ? null : 'clock'
}

const eventData = (row: AttemptRow) => ({
  attemptId: row.id,
  state: row.state,
  deadline: toInstant(row.deadline),
  pausedAt: toInstant(row.pausedAt),
  submitUntil: toInstant(row.sealDueAt),
  sealedAt: toInstant(row.sealedAt),
  cause: row.cause,
})
