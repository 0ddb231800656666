import { SpanKind } from '@opentelemetry/api'
import type { Instruments } from '../instruments'
import type { Cache } from './cache'

/**
 * A cache whose failures are counted by operation, and whose calls are spans of what is being done, never by a key. Failures still reach
 * the caller, who is right without it, and so keep no trace.
 */
export function watchCache(cache: Cache, { metrics: { registry }, tracer }: Instruments): Cache {
  const failures = registry.counter({
    name: 'hourglass_cache_errors_total',
    help: 'Calls of the cache that failed, by operation.',
    labels: ['operation'],
  })
  const watched = <Args extends unknown[], T>(operation: string, call: (...args: Args) => Promise<T>) => {
    // The same object for all of its spans.
    const attributes = { ...storeAttributes, 'db.operation.name': operation }
    return async (...args: Args): Promise<T> => {
      const span = tracer?.startPart(`${operation} redis`, SpanKind.CLIENT) ?? null
      if (span) span.attributes = attributes
      try {
        return await call(...args)
      } catch (error) {
        failures.inc({ operation })
        span?.recordException(error instanceof Error ? error : { name: typeof error })
        throw error
      } finally {
        span?.end()
      }
    }
  }
  return {
    increment: watched('increment', cache.increment),
    get: watched('get', cache.get),
    set: watched('set', cache.set),
    delete: watched('delete', cache.delete),
    publish: watched('publish', cache.publish),
    subscribe: watched('subscribe', cache.subscribe),
    close: cache.close,
  }
}

/** By which a map of services draws it; Redis counts its databases from 0. */
const storeAttributes = { 'db.system.name': 'redis', 'db.namespace': '0', 'peer.service': 'redis' }
