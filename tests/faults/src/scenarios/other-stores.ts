import type { Scenario } from '../scenario'
import {
  again,
  all,
  brokenFor,
  deleteQueue,
  emptyRedis,
  hang,
  kill,
  loseGradingsEvents,
  nothing,
  purgeQueues,
  resetConnections,
  restart,
  signal,
  untouched,
  weather,
} from './acts'

/** A running attempt has nothing to do with any of these. */
export const otherStoreScenarios: readonly Scenario[] = (
  [
    { name: 'Redis hangs as everybody starts', afterMs: 0, during: brokenFor(4_000, hang('redis')) },
    { name: 'Redis is killed', during: brokenFor(3_000, kill('redis')) },
    { name: 'Redis hangs', during: brokenFor(4_000, hang('redis')) },
    { name: 'Redis is slow', during: brokenFor(4_000, weather('redis', { delayMs: 300 })) },
    { name: 'Redis is partitioned', during: brokenFor(4_000, weather('redis', { swallows: 'all' })) },
    { name: 'Redis is emptied, again and again', during: again(5, emptyRedis, 500) },
    { name: 'Redis is away when students sign in', before: kill('redis'), during: nothing },

    { name: 'RabbitMQ is killed as everybody starts', afterMs: 0, during: brokenFor(1_000, kill('rabbitmq')) },
    { name: 'RabbitMQ is killed', during: brokenFor(1_000, kill('rabbitmq')) },
    { name: 'RabbitMQ restarts', during: restart('rabbitmq') },
    { name: 'RabbitMQ hangs', during: brokenFor(5_000, hang('rabbitmq')) },
    { name: 'RabbitMQ is slow', during: brokenFor(4_000, weather('rabbitmq', { delayMs: 300 })) },
    { name: 'RabbitMQ is partitioned', during: brokenFor(5_000, weather('rabbitmq', { swallows: 'all' })) },
    { name: 'connections to RabbitMQ are reset, again and again', during: again(8, resetConnections('rabbitmq'), 500) },
    {
      name: 'RabbitMQ is out of memory and blocks who publishes',
      during: async ({ broker }) => {
        await broker().control('set_vm_memory_high_watermark', '0.000001')
        await Bun.sleep(8_000)
        await broker().control('set_vm_memory_high_watermark', 'absolute', '512MiB')
      },
    },
    { name: 'grading’s queue is deleted', during: again(3, deleteQueue('grading.events'), 1_500) },
    {
      name: 'grading’s queue is deleted while grading hangs, and stays so until all have ended',
      during: all(signal('SIGSTOP', 'grading'), deleteQueue('grading.events')),
    },
    { name: 'all that grading was told is lost with its queue', during: loseGradingsEvents },
    { name: 'all queues are purged all the time', during: again(60, purgeQueues, 150) },
    { name: 'RabbitMQ is away when the exam is scheduled and sat', before: kill('rabbitmq'), during: nothing },

    { name: 'MongoDB is killed', during: brokenFor(3_000, kill('mongodb')) },
    { name: 'MongoDB hangs', during: brokenFor(4_000, hang('mongodb')) },
    { name: 'MongoDB is slow', during: brokenFor(4_000, weather('mongodb', { delayMs: 300 })) },
    { name: 'MongoDB is partitioned', during: brokenFor(4_000, weather('mongodb', { swallows: 'all' })) },
  ] satisfies Scenario[]
).map((scenario) => ({ ...scenario, saves: untouched }))
