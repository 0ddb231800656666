/** One request of a load: when it was due, when its answer came, and what became of it. Times in ms of `performance.now()`. */
export type Sample = { dueAt: number; endedAt: number; outcome: 'ok' | 'refused' | 'failed' }

/**
 * Starts `send(n)` for n = 0, 1, … at `perSecond`, by the clock and not by the answers, so that a slow server meets the queue
 * that it causes (a closed loop would wait politely and hide it). A sample's time counts from when the request was due.
 * Resolves when every request has ended.
 */
export async function runOpenLoop(
  options: { perSecond: number; seconds: number },
  send: (index: number) => Promise<Sample['outcome']>,
): Promise<Sample[]> {
  const total = Math.round(options.perSecond * options.seconds)
  const startedAt = performance.now()
  const samples: Sample[] = []
  const underWay: Promise<void>[] = []
  for (let index = 0; index < total; index++) {
    const dueAt = startedAt + (index * 1_000) / options.perSecond
    const waitMs = dueAt - performance.now()
    if (waitMs > 0.5) await Bun.sleep(waitMs)
    underWay.push(
      send(index)
        .catch(() => 'failed' as const)
        .then((outcome) => void samples.push({ dueAt, endedAt: performance.now(), outcome })),
    )
  }
  await Promise.all(underWay)
  return samples
}

export type Summary = { count: number; ok: number; refused: number; failed: number; perSecond: number; ms: Quantiles }
export type Quantiles = { p50: number; p95: number; p99: number; max: number }

/** Counts by outcome, throughput of the good ones, and their latency. */
export function summarise(samples: readonly Sample[]): Summary {
  const ok = samples.filter(({ outcome }) => outcome === 'ok')
  const begin = Math.min(...samples.map(({ dueAt }) => dueAt))
  const end = Math.max(...samples.map(({ endedAt }) => endedAt))
  return {
    count: samples.length,
    ok: ok.length,
    refused: samples.filter(({ outcome }) => outcome === 'refused').length,
    failed: samples.filter(({ outcome }) => outcome === 'failed').length,
    perSecond: Math.round((ok.length * 1_000) / (end - begin)),
    ms: quantilesOf(ok.map(({ dueAt, endedAt }) => endedAt - dueAt)),
  }
}

/** Nearest-rank quantiles, in the unit of `values`; NaN where there are none. */
export function quantilesOf(values: readonly number[]): Quantiles {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => round(sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN)
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) }
}

const round = (value: number) => Math.round(value * 10) / 10
