import { cacheContract } from './cache-contract'
import { createMemoryCache } from './memory-cache'

cacheContract('in memory', async () => {
  const cache = createMemoryCache()
  return { cache, close: () => cache.close() }
})
