import { activeSpan, runDetached, runWith } from '@hourglass/telemetry/active'
import type { Span } from '@hourglass/telemetry/span'
import { type Attributes, SpanKind } from '@opentelemetry/api'
import { withSpan } from './edge-trace'
import { tellByAttempt } from './event-steps'
import type { Instruments } from './instruments'

/** Who asked for a piece of a batch, and since when it waits; `attemptId` when events about that attempt may follow from it. */
export type Ticket = { asker: Span | null; since: number; attemptId: string | null }

/** Looks on while many pieces of work, each of somebody else's request, are done at once. */
export type BatchWatch = {
  /** Called in the name of whoever asks for the piece. */
  enter: (attemptId?: string) => Ticket
  /** Does the work for all of them, in the name of none. */
  run: <T>(tickets: readonly Ticket[], work: () => Promise<T>) => Promise<T>
  /** Goes on with one piece, again in the name of who asked for it. */
  resume: <T>(ticket: Ticket, work: () => T) => T
}

export const unwatched: BatchWatch = {
  enter: () => ({ asker: null, since: 0, attemptId: null }),
  run: (_, work) => work(),
  resume: (_, work) => work(),
}

/** Watches a service's group commits, each by its name. Their metrics are made here, once. */
export function createBatchWatches(instruments: Instruments): (batch: string) => BatchWatch {
  const measures = createMeasures(instruments)
  return (batch) => createBatchWatch(instruments, measures, batch)
}

function createMeasures({ metrics: { registry } }: Instruments) {
  const size = registry.histogram({
    name: 'group_commit_batch_size',
    help: 'Pieces of work that one commit stored, by batch.',
    labels: ['batch'],
    buckets: [1, 2, 5, 10, 20, 50, 100, 200],
  })
  const seconds = registry.histogram({
    name: 'group_commit_duration_seconds',
    help: 'Seconds from when a batch was given to the database until its commit.',
    labels: ['batch'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  })
  return { size, seconds }
}

/**
 * Measures a group commit named `batch`, and traces it: a batch is a trace of its own, linked to 32 at most of those in it that are kept, and
 * kept with any of them; each of these has a span from when it began to wait until the commit, linked to the batch.
 */
function createBatchWatch(
  { metrics: { registry }, tracer }: Instruments,
  { size, seconds }: ReturnType<typeof createMeasures>,
  batch: string,
): BatchWatch {
  const measure = async <T>(count: number, work: () => Promise<T>): Promise<T> => {
    const startedAt = performance.now()
    size.observe({ batch }, count, null)
    try {
      return await work()
    } finally {
      seconds.observe({ batch }, (performance.now() - startedAt) / 1_000, null)
    }
  }
  if (!tracer) return { ...unwatched, run: (tickets, work) => measure(tickets.length, work) }

  // The same object for all spans, with what a map of services draws a store by. A service's database has its name.
  const attributes = {
    ...{ 'db.system.name': 'postgresql', 'db.namespace': registry.labels.service ?? '' },
    'peer.service': 'postgresql',
  }
  const end = (root: Span, pieces: readonly Span[], error: unknown) => {
    for (const each of [root, ...pieces]) {
      if (error !== null) each.fail(error)
      each.end()
    }
  }
  return {
    enter: (attemptId) => ({ asker: activeSpan(), since: performance.now(), attemptId: attemptId ?? null }),
    resume: ({ asker }, work) => withSpan(asker, work),
    run: (tickets, work) =>
      runDetached(async () => {
        const root = tracer.startRoot({ name: `commit ${batch}`, kind: SpanKind.INTERNAL, isShared: true })
        root.attributes = { 'hourglass.batch.size': tickets.length }
        const pieces = tickets.flatMap(({ asker, since }) =>
          asker ? startPiece(root, asker, { batch, since, attributes }) : [],
        )
        tellByAttempt(root, askersOf(tickets))
        try {
          const result = await runWith(root, () => measure(tickets.length, work))
          end(root, pieces, null)
          return result
        } catch (error) {
          end(root, pieces, error)
          throw error
        }
      }),
  }
}

const askersOf = (tickets: readonly Ticket[]): ReadonlyMap<string, Span> =>
  new Map(tickets.flatMap(({ asker, attemptId }) => (asker && attemptId !== null ? [[attemptId, asker]] : [])))

function startPiece(
  root: Span,
  asker: Span,
  { batch, since, attributes }: { batch: string; since: number; attributes: Attributes },
): Span {
  const piece = asker.startChild(`store ${batch}`, SpanKind.CLIENT, since)
  piece.attributes = attributes
  piece.linkTo(root)
  root.linkTo(asker)
  asker.trace.share(root.trace)
  return piece
}
