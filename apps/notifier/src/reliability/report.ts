import { burnPairs, periodDays, type Window, windowMinutes } from '@hourglass/slo/burn'
import { readOwnPromises } from '@hourglass/slo/own-promises'
import type { Slo } from '@hourglass/slo/spec'
import { budgetLeft, burnOf, hoursLeft, stateOf } from '@hourglass/slo/weigh'
import { type Words, wordsOf } from '@hourglass/slo/words'
import type { Figures, Measured } from './figures'
import type { PromiseReport, ReliabilityReport } from './model'

/** Reports every promise with its figures, in the order of the files. These are read now, and not while somebody waits. */
export function createReport(figures: Figures): () => Promise<ReliabilityReport> {
  const promised = readOwnPromises().map((slo) => ({ slo, words: wordsOf(slo) }))
  return async () => {
    const { source, missing, measuredAt, promises } = await figures()
    return {
      ...{ source, missing, measuredAt: measuredAt?.toISOString() ?? null, periodDays },
      promises: promised.map((each) => reportPromise(each, promises.get(each.slo.id))),
    }
  }
}

type Promised = { slo: Slo; words: Words }

function reportPromise({ slo, words }: Promised, measured: Measured | undefined): PromiseReport {
  const { id, service, description: promise, objective, budget } = slo
  const { whoFeels, why, excluded, runbookUrl: runbook, minBadEvents } = words
  const about = { id, service, promise, objective, whoFeels, why, excluded, runbook }
  if (!measured) return { ...about, state: 'unknown', budgetLeft: null, hoursToEmpty: null, windows: [] }
  const { windows, alerting } = measured
  return {
    ...about,
    state: alerting ?? stateOf(windows, { budget, minBadEvents }),
    budgetLeft: rounded(budgetLeft(windows, budget)),
    hoursToEmpty: rounded(hoursLeft(windows, budget)),
    // Its keys are the windows themselves.
    windows: (Object.keys(windowMinutes) as Window[]).map((window) => {
      const { coverage, total, bad } = windows[window]
      const burnRate = rounded(burnOf(windows[window], budget))
      const minutes = windowMinutes[window]
      return { window, minutes, burnRate, coverage, total, bad, thresholds: thresholdsOf(window, budget) }
    }),
  }
}

/** Those that can be met at all: where half of everything may fail, nothing burns 14.4 times too fast. */
const thresholdsOf = (window: Window, budget: number) =>
  burnPairs
    .filter(({ long, short, factor }) => (long === window || short === window) && factor * budget < 1)
    .map(({ severity, factor }) => ({ severity, burnRate: factor }))

const rounded = (value: number | null): number | null => (value === null ? null : Number(value.toPrecision(6)))
