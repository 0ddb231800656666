import { askRedis } from '@hourglass/servers/ask-redis'
import type { CrashPointName } from '../programs/crash-points'
import { manageBroker } from '../rig/broker'
import type { Rig, StoreName, Way } from '../rig/rig'
import type { Act } from '../scenario'

type Service = Parameters<Rig['replicasOf']>[0]

/** Waits, then breaks, waits, then heals: the commonest course. */
export const brokenFor =
  (ms: number, breakIt: Act): Act =>
  async (rig, random, exam) => {
    await breakIt(rig, random, exam)
    await Bun.sleep(ms)
    await rig.heal()
  }

/** As `act`, so late that the first attempts end under it. */
export const atTheDeadline =
  (act: Act, afterMs = 7_000): Act =>
  async (rig, random, exam) => {
    await Bun.sleep(afterMs)
    await act(rig, random, exam)
  }

export const all =
  (...acts: Act[]): Act =>
  async (rig, random, exam) =>
    void (await Promise.all(acts.map((act) => act(rig, random, exam))))

export const again =
  (times: number, act: Act, pauseMs: number): Act =>
  async (rig, random, exam) => {
    for (let time = 0; time < times; time++) {
      await act(rig, random, exam)
      await Bun.sleep(pauseMs)
    }
  }

export const nothing: Act = async () => {}

export const kill =
  (...names: StoreName[]): Act =>
  async ({ stores }) =>
    void (await Promise.all(names.map((name) => stores[name].kill())))

export const hang =
  (name: StoreName): Act =>
  async ({ stores }) =>
    stores[name].hang()

/** A proper stop and a start, as of an update. */
export const restart =
  (name: StoreName): Act =>
  async ({ stores }) => {
    await stores[name].stop()
    await stores[name].start()
  }

export const weather =
  (name: Way, changes: Parameters<Rig['proxies'][Way]['set']>[0]): Act =>
  async ({ proxies }) =>
    proxies[name].set(changes)

export const resetConnections =
  (name: Way): Act =>
  async ({ proxies }) =>
    proxies[name].reset()

export const signal =
  (name: NodeJS.Signals, ...services: Service[]): Act =>
  async ({ replicasOf }) => {
    for (const service of services) {
      for (const { pid } of replicasOf(service)) send(pid(), name)
    }
  }

/** One replica alone. */
export const signalOne =
  (name: NodeJS.Signals, service: Service): Act =>
  async ({ replicasOf }, random) =>
    send(random.pick(replicasOf(service)).pid(), name)

/** Replica after replica, each ready again before the next goes. */
export const restartInTurn =
  (...services: Service[]): Act =>
  async ({ replicasOf }) => {
    for (const { pid, ready, replica } of services.flatMap(replicasOf)) {
      const id = pid()
      send(id, 'SIGTERM')
      // It drains first: until its process is another one it may still call itself ready, as far as a probe can tell.
      const giveUpAt = performance.now() + 15_000
      while (pid() === id || pid() === null) {
        if (performance.now() > giveUpAt) throw new Error(`${replica.name} did not end`)
        await Bun.sleep(20)
      }
      await ready()
    }
  }

const send = (pid: number | null, name: NodeJS.Signals) => {
  if (pid !== null) process.kill(pid, name)
}

/** The next process that comes to this point in its code dies there. */
export const dieAt =
  (point: CrashPointName): Act =>
  async ({ points }) =>
    points.arm(point)

export const emptyRedis: Act = async ({ stores }) => void (await askRedis(stores.redis.port, 'FLUSHALL'))

export const deleteQueue =
  (queue: string): Act =>
  (rig) =>
    manageBroker(rig, 'DELETE', 'queues', queue)

/**
 * Grading takes nothing until all attempts have ended, then its queue goes with all that was confirmed into it, and grading dies with
 * what it had been sent: nobody but its looking through the others' outboxes brings any of it back.
 */
export const loseGradingsEvents: Act = async (rig, random, exam) => {
  await signal('SIGSTOP', 'grading')(rig, random, exam)
  await Bun.sleep(13_000)
  await deleteQueue('grading.events')(rig, random, exam)
  await signal('SIGKILL', 'grading')(rig, random, exam)
}

export const purgeQueues: Act = async (rig) => {
  for (const name of ['students', 'exams', 'grading', 'notifier']) {
    await manageBroker(rig, 'DELETE', 'queues', `${name}.events`, 'contents')
  }
}

/** Where a running attempt has nothing to do with the fault: no save fails or waits. */
export const untouched = { withinMs: 2_000 }
