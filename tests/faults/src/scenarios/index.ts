import { askRedis } from '@hourglass/servers/ask-redis'
import { manageBroker } from './broker'
import type { Rig, StoreName } from './rig'
import { type Act, brokenFor, type Scenario } from './scenario'

const kill =
  (...names: StoreName[]): Act =>
  async ({ stores }) =>
    void (await Promise.all(names.map((name) => stores[name].kill())))
const hang =
  (name: StoreName): Act =>
  async ({ stores }) =>
    stores[name].hang()
const weather =
  (name: StoreName, changes: Parameters<Rig['proxies'][StoreName]['set']>[0]): Act =>
  async ({ proxies }) =>
    proxies[name].set(changes)

type Service = Parameters<Rig['replicasOf']>[0]
const signal =
  (name: NodeJS.Signals, ...services: Service[]): Act =>
  async ({ replicasOf }) => {
    for (const service of services) {
      for (const { pid } of replicasOf(service)) {
        const id = pid()
        if (id !== null) process.kill(id, name)
      }
    }
  }
/** One replica alone. */
const signalOne =
  (name: NodeJS.Signals, service: Service): Act =>
  async ({ replicasOf }, random) => {
    const id = random.pick(replicasOf(service)).pid()
    if (id !== null) process.kill(id, name)
  }
const all =
  (...acts: Act[]): Act =>
  async (rig, random) =>
    void (await Promise.all(acts.map((act) => act(rig, random))))
const again =
  (times: number, act: Act, pauseMs: number): Act =>
  async (rig, random) => {
    for (let time = 0; time < times; time++) {
      await act(rig, random)
      await Bun.sleep(pauseMs)
    }
  }

const purgeAll: Act = async (rig) => {
  for (const name of ['students', 'exams', 'grading', 'notifier']) {
    await manageBroker(rig, 'DELETE', 'queues', `${name}.events`, 'contents')
  }
}

/** Where a running attempt has nothing to do with the fault: no save fails or waits. */
const untouched = { withinMs: 2_000 }

export const scenarios: readonly Scenario[] = [
  { name: 'nothing is broken', during: async () => {}, saves: { withinMs: 1_000 } },

  { name: 'PostgreSQL is killed', during: brokenFor(2_000, kill('postgres')) },
  { name: 'PostgreSQL hangs', during: brokenFor(4_000, hang('postgres')) },
  { name: 'PostgreSQL is slow', during: brokenFor(4_000, weather('postgres', { delayMs: 150 })) },
  {
    name: 'PostgreSQL’s answers are swallowed',
    during: brokenFor(4_000, weather('postgres', { swallows: 'answers' })),
  },
  {
    name: 'requests to PostgreSQL are swallowed',
    during: brokenFor(4_000, weather('postgres', { swallows: 'requests' })),
  },
  {
    name: 'PostgreSQL refuses connections',
    during: brokenFor(
      3_000,
      all(weather('postgres', { refuses: true }), async ({ proxies }) => proxies.postgres.reset()),
    ),
  },
  {
    name: 'connections to PostgreSQL are reset, again and again',
    during: again(8, async ({ proxies }) => proxies.postgres.reset(), 500),
  },
  {
    name: 'connections to PostgreSQL are cut in the middle of answers',
    during: brokenFor(4_000, weather('postgres', { cutAfterBytes: 6_000 })),
  },

  { name: 'Redis is killed', during: brokenFor(3_000, kill('redis')), saves: untouched },
  { name: 'Redis hangs', during: brokenFor(4_000, hang('redis')), saves: untouched },
  { name: 'Redis is slow', during: brokenFor(4_000, weather('redis', { delayMs: 300 })), saves: untouched },
  { name: 'Redis is partitioned', during: brokenFor(4_000, weather('redis', { swallows: 'all' })), saves: untouched },
  {
    name: 'Redis is emptied, again and again',
    during: again(5, ({ stores }) => flushRedis(stores.redis.port), 500),
    saves: untouched,
  },

  { name: 'RabbitMQ is killed', during: brokenFor(1_000, kill('rabbitmq')), saves: untouched },
  { name: 'RabbitMQ hangs', during: brokenFor(5_000, hang('rabbitmq')), saves: untouched },
  { name: 'RabbitMQ is slow', during: brokenFor(4_000, weather('rabbitmq', { delayMs: 300 })), saves: untouched },
  {
    name: 'RabbitMQ is partitioned',
    during: brokenFor(5_000, weather('rabbitmq', { swallows: 'all' })),
    saves: untouched,
  },
  {
    name: 'connections to RabbitMQ are reset, again and again',
    during: again(8, async ({ proxies }) => proxies.rabbitmq.reset(), 500),
    saves: untouched,
  },
  {
    name: 'grading’s queue is deleted',
    during: again(3, (rig) => manageBroker(rig, 'DELETE', 'queues', 'grading.events'), 1_500),
    saves: untouched,
  },
  {
    // From the start until every attempt is sealed, as fast as it goes: most events are lost on their way.
    name: 'all queues are purged all the time',
    during: again(60, purgeAll, 150),
    saves: untouched,
  },

  { name: 'MongoDB is killed', during: brokenFor(3_000, kill('mongodb')), saves: untouched },
  { name: 'MongoDB hangs', during: brokenFor(4_000, hang('mongodb')), saves: untouched },

  {
    name: 'one replica of the exam room is killed',
    during: again(3, signalOne('SIGKILL', 'exams'), 2_500),
    saves: { withinMs: 3_000 },
  },
  { name: 'all of the exam room is killed', during: again(2, signal('SIGKILL', 'exams'), 3_000) },
  { name: 'one replica of the exam room hangs', during: brokenFor(3_000, signalOne('SIGSTOP', 'exams')) },
  { name: 'the gateway is killed', during: again(2, signal('SIGKILL', 'gateway'), 3_000) },
  { name: 'grading is killed', during: again(3, signal('SIGKILL', 'grading'), 2_000), saves: untouched },
  {
    name: 'students, quizzes, grading and the notifier are killed',
    during: again(2, signal('SIGKILL', 'students', 'quizzes', 'grading', 'notifier'), 3_000),
    saves: untouched,
  },
  { name: 'grading hangs over the deadline', during: signal('SIGSTOP', 'grading'), saves: untouched },
  {
    name: 'the exam room restarts replica by replica',
    during: async ({ replicasOf }) => {
      for (const { pid, ready } of replicasOf('exams')) {
        const id = pid()
        if (id !== null) process.kill(id, 'SIGTERM')
        await Bun.sleep(3_500)
        await ready()
      }
    },
    saves: { withinMs: 3_000 },
  },

  {
    name: 'everything but the exam room, its database and the gateway is away',
    during: all(kill('redis', 'rabbitmq', 'mongodb'), signal('SIGSTOP', 'students', 'quizzes', 'grading', 'notifier')),
    saves: untouched,
  },
  { name: 'PostgreSQL and RabbitMQ are killed together', during: brokenFor(2_000, kill('postgres', 'rabbitmq')) },
  { name: 'PostgreSQL is killed while Redis hangs', during: brokenFor(2_000, all(hang('redis'), kill('postgres'))) },
  {
    name: 'the exam room is killed while RabbitMQ is partitioned',
    during: brokenFor(3_000, all(weather('rabbitmq', { swallows: 'all' }), signal('SIGKILL', 'exams'))),
  },
  {
    name: 'PostgreSQL is killed at the deadline',
    during: async (rig, random) => {
      await Bun.sleep(7_000)
      await brokenFor(2_500, kill('postgres'))(rig, random)
    },
  },
  {
    name: 'RabbitMQ is killed at the deadline',
    during: async (rig, random) => {
      await Bun.sleep(7_000)
      await brokenFor(1_000, kill('rabbitmq'))(rig, random)
    },
    saves: untouched,
  },
  {
    name: 'the exam room is killed at the deadline',
    during: async (rig, random) => {
      await Bun.sleep(7_500)
      await signal('SIGKILL', 'exams')(rig, random)
    },
  },
  {
    name: 'RabbitMQ is away when the exam is scheduled and sat',
    before: kill('rabbitmq'),
    during: async () => {},
    saves: untouched,
  },
  { name: 'Redis is away when students sign in', before: kill('redis'), during: async () => {}, saves: untouched },
]

async function flushRedis(port: number): Promise<void> {
  await askRedis(port, 'FLUSHALL')
}
