import { z } from 'zod'
import { askPrometheus } from '../ask'
import type { Stage } from './stage'

/** An alert that fired once, from when until when, in milliseconds since 1970. */
export type Firing = {
  labels: Record<string, string>
  from: number
  /** `null` while it fires. */
  until: number | null
  /** Whether Alertmanager kept it back because of another. */
  isInhibited: boolean
}

export type Watch = {
  /** In the order in which they began; one that fires a second time stands there twice. */
  firings: readonly Firing[]
  stop: () => Promise<void>
}

const everyMs = 1_000
const Known = z.array(
  z.object({ labels: z.record(z.string(), z.string()), status: z.object({ inhibitedBy: z.array(z.string()) }) }),
)

/** Looks every second at what fires in Prometheus and at what Alertmanager keeps back. */
export function watchAlerts({ addresses }: Stage): Watch {
  const firings: Firing[] = []
  let isStopped = false
  const look = async () => {
    const now = Date.now()
    const series = await askPrometheus(addresses.prometheus, 'ALERTS{alertstate="firing"}')
    const current = new Map(series.map(({ metric }) => [keyOf(metric), metric]))
    for (const firing of firings) {
      if (firing.until === null && !current.has(keyOf(firing.labels))) firing.until = now
    }
    for (const [key, labels] of current) {
      if (firings.some((each) => each.until === null && keyOf(each.labels) === key)) continue
      firings.push({ labels, from: now, until: null, isInhibited: false })
    }
    const response = await fetch(`${addresses.alertmanager}/api/v2/alerts`, { signal: AbortSignal.timeout(5_000) })
    for (const { labels, status } of Known.parse(await response.json())) {
      if (status.inhibitedBy.length === 0) continue
      const firing = firings.find((each) => each.until === null && keyOf(each.labels) === keyOf(labels))
      if (firing) firing.isInhibited = true
    }
  }
  const watching = (async () => {
    while (!isStopped) {
      // A look that fails is followed by another one.
      await look().catch(() => {})
      await Bun.sleep(everyMs)
    }
  })()
  return {
    firings,
    stop: async () => {
      isStopped = true
      await watching
    },
  }
}

/** Prometheus shows a name and a state, and tells Alertmanager of its cluster; the rest is the same on both sides. */
const keyOf = (labels: Record<string, string>): string =>
  JSON.stringify(
    Object.entries(labels)
      .filter(([name]) => !['__name__', 'alertstate', 'cluster'].includes(name))
      .sort(),
  )
