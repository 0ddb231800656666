import { type Window, windowMinutes } from '@hourglass/slo/burn'
import type { Events } from '@hourglass/slo/counts'
import type { WindowFigures } from '@hourglass/slo/weigh'

/** Fine for what is new, coarse for what is old: each is as long as the longest window that is read off it. */
export const rings = [
  { stepSeconds: 15, keptSeconds: 3_600 },
  { stepSeconds: 300, keptSeconds: 6 * 3_600 },
  { stepSeconds: 3_600, keptSeconds: 30 * 86_400 },
] as const

/** What was counted in one step of a ring. */
export type Bucket = {
  stepSeconds: number
  beginsAt: Date
  /** For how long somebody was counting. */
  coveredSeconds: number
  /** By the id of the SLO; one without events is left out. */
  events: Record<string, Events>
}

export type History = {
  /** Adds what was counted in the seconds before `at`. */
  add: (at: Date, coveredSeconds: number, events: ReadonlyMap<string, Events>) => void
  read: (id: string, window: Window, at: Date) => WindowFigures
  /** The buckets that have changed since they were last taken. */
  takeChanged: () => Bucket[]
  /** Gives them back: they could not be stored. */
  putBack: (buckets: readonly Bucket[]) => void
}

/** Counts of 30 days in some thousand buckets, whatever happens. Begins with those that an earlier process has left. */
export function createHistory(earlier: readonly Bucket[]): History {
  const buckets = new Map(earlier.map((bucket) => [keyOf(bucket.stepSeconds, bucket.beginsAt.getTime()), bucket]))
  let changed = new Set<Bucket>()
  const bucketAt = (stepSeconds: number, at: Date): Bucket => {
    const stepMs = stepSeconds * 1_000
    const beginsAt = new Date(Math.floor(at.getTime() / stepMs) * stepMs)
    const key = keyOf(stepSeconds, beginsAt.getTime())
    const bucket = buckets.get(key) ?? { stepSeconds, beginsAt, coveredSeconds: 0, events: {} }
    buckets.set(key, bucket)
    return bucket
  }
  const forgetOld = (at: Date) => {
    for (const [key, bucket] of buckets) {
      if (!isOver(bucket, at)) continue
      buckets.delete(key)
      changed.delete(bucket)
    }
  }
  return {
    add(at, coveredSeconds, events) {
      for (const { stepSeconds } of rings) {
        const bucket = bucketAt(stepSeconds, at)
        bucket.coveredSeconds += coveredSeconds
        for (const [id, { total, bad }] of events) {
          const known = bucket.events[id] ?? { total: 0, bad: 0 }
          if (total > 0 || bad > 0) bucket.events[id] = { total: known.total + total, bad: known.bad + bad }
        }
        changed.add(bucket)
      }
      forgetOld(at)
    },
    read(id, window, at) {
      const seconds = windowMinutes[window] * 60
      const ring = rings.find(({ keptSeconds }) => keptSeconds >= seconds) ?? rings[2]
      let [total, bad, covered] = [0, 0, 0]
      for (const bucket of buckets.values()) {
        if (bucket.stepSeconds !== ring.stepSeconds || !isWithin(bucket, seconds, at)) continue
        total += bucket.events[id]?.total ?? 0
        bad += bucket.events[id]?.bad ?? 0
        covered += bucket.coveredSeconds
      }
      const errorRatio = total > 0 ? Math.min(1, bad / total) : null
      return { errorRatio, coverage: Math.min(1, covered / seconds), total, bad }
    },
    takeChanged() {
      const taken = [...changed]
      changed = new Set()
      return taken
    },
    putBack(taken) {
      for (const bucket of taken) changed.add(bucket)
    },
  }
}

const keyOf = (stepSeconds: number, beginsAtMs: number): string => `${stepSeconds} ${beginsAtMs}`

/** Also the one in which the window begins: rather a step too long than one too short. */
const isWithin = ({ stepSeconds, beginsAt }: Bucket, seconds: number, at: Date): boolean =>
  beginsAt.getTime() > at.getTime() - (seconds + stepSeconds) * 1_000

const isOver = (bucket: Bucket, at: Date): boolean => {
  const ring = rings.find(({ stepSeconds }) => stepSeconds === bucket.stepSeconds)
  return !ring || !isWithin(bucket, ring.keptSeconds, at)
}
