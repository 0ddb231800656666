import { busContract } from './bus-contract'
import { createEmbeddedBus } from './embedded-bus'

busContract('within one process', async () => {
  const bus = createEmbeddedBus()
  return { bus, close: () => bus.close() }
})
