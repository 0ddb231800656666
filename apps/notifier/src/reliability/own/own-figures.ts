import type { Db } from '@hourglass/kit/db/connect'
import type { Job } from '@hourglass/kit/jobs'
import type { Window } from '@hourglass/slo/burn'
import { type Counters, createEventCount, type Events } from '@hourglass/slo/counts'
import { readOwnPromises } from '@hourglass/slo/own-promises'
import type { Windows } from '@hourglass/slo/weigh'
import { type Figures, nothingKnown } from '../figures'
import { createHistory, type History, rings } from './history'
import { loadBuckets, storeBuckets } from './store'

const [{ stepSeconds }] = rings
/** After a longer pause the machine slept: nobody looked meanwhile. */
const longestPauseSeconds = 4 * stepSeconds

type Options = {
  db: Db
  /** The metrics of all services of this process; `null` when they are switched off. */
  services: (() => readonly Counters[]) | null
  now?: () => Date
}

/**
 * The figures of a program that counts for itself, where no Prometheus runs: it reads its own counters at a fixed step and keeps sums
 * for every window in the database, so that a restart forgets at most one step. Only for a program that is alone on its database.
 */
export function createOwnFigures({ db, services, now = () => new Date() }: Options): { figures: Figures; jobs: Job[] } {
  if (!services) return { figures: async () => nothingKnown('own', 'metrics'), jobs: [] }
  const slos = readOwnPromises()
  const count = createEventCount(slos)
  let loaded: Promise<History> | null = null
  let last = { at: now(), events: new Map<string, Events>() }

  const load = (): Promise<History> => {
    loaded ??= loadBuckets(db).then(createHistory, (error) => {
      loaded = null
      throw error
    })
    return loaded
  }
  /** Adds what was counted since the last look. */
  const look = (history: History): Date => {
    const at = now()
    const events = count(services())
    const passed = (at.getTime() - last.at.getTime()) / 1_000
    const coveredSeconds = passed > longestPauseSeconds ? stepSeconds : Math.max(0, passed)
    history.add(at, coveredSeconds, sinceOf(last.events, events))
    last = { at, events }
    return at
  }
  const keep = async () => {
    const history = await load()
    const at = look(history)
    const changed = history.takeChanged()
    try {
      await storeBuckets(db, changed, at)
    } catch (error) {
      history.putBack(changed)
      throw error
    }
  }
  return {
    jobs: [{ name: 'count promises', everyMs: stepSeconds * 1_000, run: keep }],
    figures: async () => {
      const history = await load()
      const measuredAt = look(history)
      const measured = slos.map(
        ({ id }) => [id, { windows: windowsOf(history, id, measuredAt), alerting: null }] as const,
      )
      return { source: 'own', missing: null, measuredAt, promises: new Map(measured) }
    },
  }
}

const noEvents: Events = { total: 0, bad: 0 }

function sinceOf(before: ReadonlyMap<string, Events>, now: ReadonlyMap<string, Events>): Map<string, Events> {
  const since = [...now].map(([id, { total, bad }]) => {
    const known = before.get(id) ?? noEvents
    return [id, { total: Math.max(0, total - known.total), bad: Math.max(0, bad - known.bad) }] as const
  })
  return new Map(since)
}

function windowsOf(history: History, id: string, at: Date): Windows {
  const of = (window: Window) => history.read(id, window, at)
  return {
    ...{ '5m': of('5m'), '30m': of('30m'), '1h': of('1h'), '2h': of('2h'), '6h': of('6h') },
    ...{ '1d': of('1d'), '3d': of('3d'), '30d': of('30d') },
  }
}
