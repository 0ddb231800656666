import { runWith } from '@hourglass/telemetry/active'
import type { Span } from '@hourglass/telemetry/span'
import { SpanKind } from '@opentelemetry/api'
import type { Sql } from 'postgres'
import type { Instruments } from '../instruments'
import { databaseMetricsOf } from './database-metrics'
import { nameStatement, operationOf } from './statement-name'

/**
 * A query of postgres.js 3.4.9 as far as it is looked into here. It is lazy: `handler` is called with it when somebody waits for
 * it, never for one that is a part of another; `state` is the connection that has taken it; `resolve` and `reject` end it.
 */
type Query = {
  strings: readonly string[]
  handler: (query: Query) => unknown
  state: object | null
  resolve: (rows: unknown) => void
  reject: (error: unknown) => void
}

/**
 * Measures every statement of a pool, and makes it a span of what is being done, named by its words and never by a value. The
 * driver has no hooks of its own, so its queries are handed out with their ends watched.
 */
export function watchStatements(sql: Sql, pool: { name: string; size: number }, instruments: Instruments): Sql {
  const place = { pool: pool.name, database: sql.options.database }
  const metrics = databaseMetricsOf(instruments.metrics.registry)
  const use: Use = { queries: new Set(), transactions: 0, waitingTransactions: 0 }
  metrics.pools.push({ ...pool, ...countsOf(use) })

  const watch = (query: Query, isInTransaction: boolean): void => {
    const { handler } = query
    query.handler = (same) => {
      begin(query, isInTransaction)
      return handler(same)
    }
  }
  const begin = (query: Query, isInTransaction: boolean): void => {
    const name = nameStatement(query.strings)
    const operation = operationOf(name)
    const startedAt = performance.now()
    const span = startSpan(instruments, name, place)
    const { resolve, reject } = query
    if (!isInTransaction) use.queries.add(query)
    const end = () => {
      use.queries.delete(query)
      const seconds = (performance.now() - startedAt) / 1_000
      metrics.seconds.observe(
        { pool: pool.name, operation },
        seconds,
        span?.trace.isSampled ? span.trace.traceId : null,
      )
    }
    query.resolve = (rows) => {
      end()
      span?.end()
      resolve(rows)
    }
    query.reject = (error) => {
      end()
      metrics.failures.inc({ pool: pool.name, operation })
      span?.fail(error).end()
      reject(error)
    }
  }
  const transact = async (run: (work: (tx: object) => unknown) => Promise<unknown>, work: (tx: object) => unknown) => {
    const span = startSpan(instruments, 'TRANSACTION', place)
    let isWaiting = true
    use.waitingTransactions++
    const open = (tx: object) => {
      isWaiting = false
      use.waitingTransactions--
      use.transactions++
      return work(watchSql(tx, (query) => watch(query, true), transact))
    }
    try {
      return await (span ? runWith(span, () => run(open)) : run(open))
    } catch (error) {
      span?.fail(error)
      throw error
    } finally {
      if (isWaiting) use.waitingTransactions--
      else use.transactions--
      span?.end()
    }
  }
  return watchSql(sql, (query) => watch(query, false), transact)
}

type Use = { queries: Set<Query>; transactions: number; waitingTransactions: number }
type Transact = (run: (work: (tx: object) => unknown) => Promise<unknown>, work: (tx: object) => unknown) => unknown

function startSpan({ tracer }: Instruments, name: string, place: { pool: string; database: string }): Span | null {
  const span = tracer?.startPart(name, SpanKind.CLIENT) ?? null
  if (span)
    span.attributes = {
      'db.system.name': 'postgresql',
      'db.namespace': place.database,
      'db.query.summary': name,
      'db.client.connection.pool.name': place.pool,
      // The name under which a map of services draws it.
      'peer.service': 'postgresql',
    }
  return span
}

/** A transaction holds its connection from its begin to its end; queries share one where the driver sends several at once. */
function countsOf(use: Use) {
  const isWaiting = ({ state }: Query) => state === null
  return {
    inUse: () => use.transactions + new Set([...use.queries].flatMap(({ state }) => state ?? [])).size,
    waiting: () => use.waitingTransactions + [...use.queries].filter(isWaiting).length,
  }
}

/** The same function with the same members, whose queries and transactions are watched. */
function watchSql<S extends object>(sql: S, watch: (query: Query) => void, transact: Transact): S {
  const isQuery = (made: unknown): made is Query => typeof made === 'object' && made !== null && 'handler' in made
  const watched = (made: unknown): unknown => {
    if (isQuery(made)) watch(made)
    return made
  }
  return new Proxy(sql, {
    // Of postgres.js's many signatures none fits; what it was called with goes on as it came.
    apply: (target, self, args) => watched(Reflect.apply(target as never, self, args)),
    get(target, name) {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      if (name === 'unsafe' || name === 'file') return (...args: unknown[]) => watched(member.apply(target, args))
      if (name === 'begin') {
        return (...args: unknown[]) => {
          // Options may stand before the work.
          const work = args.at(-1) as (tx: object) => unknown
          return transact((open) => member.apply(target, [...args.slice(0, -1), open]), work)
        }
      }
      if (name === 'savepoint') {
        return (...args: unknown[]) => {
          const work = args.at(-1) as (tx: object) => unknown
          return member.apply(target, [...args.slice(0, -1), (tx: object) => work(watchSql(tx, watch, transact))])
        }
      }
      return member
    },
  })
}
