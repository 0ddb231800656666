import type { Consumer } from '@hourglass/events/consume'
import type { Db } from '@hourglass/kit/db/connect'
import { attempts } from './schema'

/** Keeps who sits an exam right now. A seal may arrive before its start: then the start changes nothing. */
export const createConsumer = (): Consumer => ({
  name: 'students',
  // Hundreds start and end in the same seconds: together they are one row's work.
  handlers: {
    'attempt.started': { together: (events) => (tx, ids) => keep(tx, mine(events, ids), 'started') },
    'attempt.sealed': { together: (events) => (tx, ids) => keep(tx, mine(events, ids), 'over') },
    'attempt.abandoned': { together: (events) => (tx, ids) => keep(tx, mine(events, ids), 'over') },
  },
})

type Place = { attemptId: string; personId: string }

/** Those of the events that were not taken before; each attempt once, since a statement may change a row once only. */
const mine = (events: readonly { id: string; data: Place }[], ids: ReadonlySet<string>): Place[] => [
  ...new Map(events.filter(({ id }) => ids.has(id)).map(({ data }) => [data.attemptId, data])).values(),
]

async function keep(tx: Db, places: readonly Place[], what: 'started' | 'over'): Promise<void> {
  const isOpen = what === 'started'
  const rows = places
    .map(({ attemptId, personId }) => ({ attemptId, personId, isOpen }))
    // Two replicas wait for each other's rows in one order.
    .toSorted((a, b) => (a.attemptId < b.attemptId ? -1 : 1))
  const insert = tx.insert(attempts).values(rows)
  if (isOpen) await insert.onConflictDoNothing()
  else await insert.onConflictDoUpdate({ target: attempts.attemptId, set: { isOpen: false } })
}
