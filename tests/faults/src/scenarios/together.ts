import { serviceNames } from '@hourglass/hourglass/installation/environments'
import type { Rig } from '../rig/rig'
import { storeNames } from '../rig/stores'
import type { Act, Scenario } from '../scenario'
import { all, atTheDeadline, brokenFor, hang, kill, nothing, signal, untouched, weather } from './acts'

/** Kills whatever it draws, services and stores alike, one after the other; stores come back after a moment, as services do. */
const killAtRandom =
  (forMs: number): Act =>
  async ({ stores, replicasOf }, random) => {
    const endsAt = performance.now() + forMs
    const backs: Promise<void>[] = []
    while (performance.now() < endsAt) {
      const victim = random.pick([...serviceNames, ...storeNames])
      if (isStore(victim)) {
        await stores[victim].kill()
        backs.push(Bun.sleep(random.whole(200, 1_500)).then(() => stores[victim].start()))
      } else {
        const pid = random.pick(replicasOf(victim)).pid()
        if (pid !== null) process.kill(pid, 'SIGKILL')
      }
      await Bun.sleep(random.whole(100, 900))
    }
    await Promise.all(backs)
  }

const isStore = (name: string): name is keyof Rig['stores'] => (storeNames as readonly string[]).includes(name)

/** So many end in one second. */
const herd = 60

export const togetherScenarios: readonly Scenario[] = [
  { name: 'nothing is broken', during: nothing, saves: { withinMs: 1_000 } },
  { name: 'PostgreSQL and RabbitMQ are killed together', during: brokenFor(2_000, kill('postgres', 'rabbitmq')) },
  { name: 'PostgreSQL is killed while Redis hangs', during: brokenFor(2_000, all(hang('redis'), kill('postgres'))) },
  {
    name: 'PostgreSQL is slow while one replica after the other dies',
    during: brokenFor(4_000, all(weather('postgres', { delayMs: 100 }), signal('SIGKILL', 'exams'))),
  },
  {
    name: 'the exam room is killed while RabbitMQ is partitioned',
    during: brokenFor(3_000, all(weather('rabbitmq', { swallows: 'all' }), signal('SIGKILL', 'exams'))),
  },
  {
    name: 'the power fails: every service and every store at once',
    during: brokenFor(2_000, all(kill(...storeNames), signal('SIGKILL', ...serviceNames))),
  },
  { name: 'whatever is drawn is killed, again and again', during: killAtRandom(7_000) },
  { name: 'whatever is drawn is killed until all have ended', during: killAtRandom(12_000) },

  { name: 'PostgreSQL is killed at the deadline', during: atTheDeadline(brokenFor(2_500, kill('postgres'))) },
  {
    name: 'RabbitMQ is killed at the deadline',
    during: atTheDeadline(brokenFor(1_000, kill('rabbitmq'))),
    saves: untouched,
  },
  { name: 'the exam room is killed at the deadline', during: atTheDeadline(signal('SIGKILL', 'exams'), 7_500) },
  {
    name: 'a herd of sixty ends in one second',
    students: herd,
    during: nothing,
    saves: untouched,
  },
  {
    name: 'PostgreSQL is killed under the herd',
    students: herd,
    during: atTheDeadline(brokenFor(2_000, kill('postgres')), 7_500),
  },
  {
    name: 'the exam room and RabbitMQ are killed under the herd',
    students: herd,
    during: atTheDeadline(brokenFor(1_000, all(kill('rabbitmq'), signal('SIGKILL', 'exams'))), 8_000),
  },
]
