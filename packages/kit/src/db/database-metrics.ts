import { type Counter, type Histogram, type Registry, waitBuckets } from '../metrics'

/** What a pool knows of itself at this moment. */
export type PoolState = { name: string; size: number; inUse: () => number; waiting: () => number }

export type DatabaseMetrics = {
  pools: PoolState[]
  seconds: Histogram<'pool' | 'operation'>
  failures: Counter<'pool' | 'operation'>
}

const known = new WeakMap<Registry, DatabaseMetrics>()

/** Of all pools of a service. */
export function databaseMetricsOf(registry: Registry): DatabaseMetrics {
  const before = known.get(registry)
  if (before) return before
  const pools: PoolState[] = []
  const gauge = (name: string, help: string, read: (pool: PoolState) => number) =>
    registry.gauge({
      ...{ name, help, labels: ['pool'] },
      collect: (gauge) => {
        for (const pool of pools) gauge.set({ pool: pool.name }, read(pool))
      },
    })
  gauge('database_pool_size', 'Connections that a pool may open.', ({ size }) => size)
  gauge('database_pool_in_use', 'Connections on which something is being done.', ({ inUse }) => inUse())
  gauge('database_pool_waiting', 'Statements and transactions that wait for a connection.', ({ waiting }) => waiting())
  const metrics = {
    pools,
    seconds: registry.histogram({
      name: 'database_statement_duration_seconds',
      help: 'Seconds from when a statement was given to the pool until its answer, by pool and operation.',
      labels: ['pool', 'operation'],
      buckets: waitBuckets,
    }),
    failures: registry.counter({
      name: 'database_statement_failures_total',
      help: 'Statements that failed, by pool and operation.',
      labels: ['pool', 'operation'],
    }),
  }
  known.set(registry, metrics)
  return metrics
}
