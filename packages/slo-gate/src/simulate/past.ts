import { type Window, windowMinutes } from '@hourglass/slo/burn'
import type { ReadReading, Traffic, WindowReading } from '../verdict/facts'
import { byWindow } from '../verdict/windows'
import type { Story } from './story'

/** Everything that was counted, minute by minute: sums from the beginning on, so that a window is a difference. */
export type Past = {
  /** Minutes of the story. */
  length: number
  /** What Prometheus would hold at the end of a minute of the story; 0 is the moment before it begins. */
  readAt: (minute: number) => ReadReading
}

/** A rate of 5 minutes has a value until so long after the last sample. */
export const rateMinutes = 5

export function createPast({ historyMinutes, historyTraffic, minutes }: Story): Past {
  const length = historyMinutes + minutes.length
  const sums = {
    total: new Float64Array(length + 1),
    bad: new Float64Array(length + 1),
    seen: new Float64Array(length + 1),
  }
  const lastSeen = new Int32Array(length + 1)
  for (let at = 1; at <= length; at++) {
    const minute = at <= historyMinutes ? { total: historyTraffic, bad: 0 } : minutes[at - historyMinutes - 1]
    for (const [name, value] of [
      ['total', minute?.total ?? 0],
      ['bad', minute?.bad ?? 0],
      ['seen', minute ? 1 : 0],
    ] as const) {
      sums[name][at] = (sums[name][at - 1] ?? 0) + value
    }
    lastSeen[at] = minute ? at : (lastSeen[at - 1] ?? 0)
  }

  function readWindow(window: Window, at: number): WindowReading {
    const begin = Math.max(0, at - windowMinutes[window])
    const of = (name: keyof typeof sums) => (sums[name][at] ?? 0) - (sums[name][begin] ?? 0)
    const [total, bad, seen] = [of('total'), of('bad'), of('seen')]
    const ratio = total > 0 ? bad / total : null
    return { ratio, total, bad, inside: seen > 0 ? total : null, coverage: seen / windowMinutes[window], query: window }
  }

  function trafficAt(at: number): Traffic {
    const silent = at - (lastSeen[at] ?? 0)
    if ((sums.seen[at] ?? 0) === 0) return 'never'
    if (silent >= windowMinutes['1d']) return 'silent'
    if (silent >= rateMinutes) return 'vanished'
    return readWindow('5m', at).total === 0 ? 'idle' : 'flowing'
  }

  return {
    length: minutes.length,
    readAt(minute) {
      const at = historyMinutes + minute
      const windows = byWindow((window) => readWindow(window, at))
      return { kind: 'read', traffic: trafficAt(at), windows, rulesEvaluatedAt: null, badByHour: null }
    },
  }
}
