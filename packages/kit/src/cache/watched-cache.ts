import type { Metrics } from '../metrics'
import type { Cache } from './cache'

/** A cache whose failures are counted by operation. They still reach the caller, who is right without it. */
export function countFailures(cache: Cache, { registry }: Metrics): Cache {
  const failures = registry.counter({
    name: 'hourglass_cache_errors_total',
    help: 'Calls of the cache that failed, by operation.',
    labels: ['operation'],
  })
  const counted =
    <Args extends unknown[], T>(operation: string, call: (...args: Args) => Promise<T>) =>
    async (...args: Args): Promise<T> => {
      try {
        return await call(...args)
      } catch (error) {
        failures.inc({ operation })
        throw error
      }
    }
  return {
    increment: counted('increment', cache.increment),
    get: counted('get', cache.get),
    set: counted('set', cache.set),
    delete: counted('delete', cache.delete),
    publish: counted('publish', cache.publish),
    subscribe: counted('subscribe', cache.subscribe),
    close: cache.close,
  }
}
