import type { Window } from '@hourglass/slo/burn'
import type { SloFacts, Terms, WindowReading } from './facts'
import { byWindow } from './windows'

export const terms: Terms = {
  ...{ tier: 'critical', mode: 'enforce', whenUnknown: 'closed', whenEmpty: 'block' },
  ...{ reserve: 0.1, emptyWithinHours: 24, leastBadEvents: 3, fixLabel: 'slo-fix' },
}

export const now = 1_790_000_000

type Reading = Extract<SloFacts['reading'], { kind: 'read' }>
type Overrides = Partial<Omit<SloFacts, 'reading' | 'terms' | 'change'>> & {
  reading?: SloFacts['reading']
  terms?: Partial<Terms>
  change?: Partial<SloFacts['change']>
}

/** Facts of an SLO of 99.9 % that nothing is wrong with, and what a test makes of them. */
export function factsWith({ reading, terms: otherTerms, change, ...rest }: Overrides = {}): SloFacts {
  return {
    now,
    slo: {
      ...{ id: 'exams-saves', service: 'exams', name: 'saves', file: 'slo/exams.yaml', line: 4, description: '' },
      ...{ objective: 99.9, budget: 0.001, labels: {}, specHash: 'abc' },
      sli: { kind: 'raw', errorRatioQuery: 'x[{{.window}}]' },
      alerting: { name: '', page: null, ticket: null },
    },
    change: {
      ...{ class: 'feature', services: ['exams'], environment: 'production', sha: null, version: null },
      ...{ currentVersion: null, actor: 'ada', author: 'bob', labels: [], reason: null, incident: null, ...change },
    },
    terms: { ...terms, ...otherTerms },
    ...{ override: null, freezes: [], exams: { kind: 'free' }, dependencies: [], lastKnownGoodAt: null },
    reading: reading ?? readingWith({}),
    ...rest,
  }
}

/** 1000 requests a minute and no error, but in the windows that are named: their error ratio, or all of a reading. */
export function readingWith(
  given: Partial<Record<Window, number | null | Partial<WindowReading>>>,
  rest: Partial<Omit<Reading, 'windows'>> = {},
): Reading {
  const minutes = { '5m': 5, '30m': 30, '1h': 60, '2h': 120, '6h': 360, '1d': 1_440, '3d': 4_320, '30d': 43_200 }
  const windows = byWindow((window): WindowReading => {
    const each = given[window]
    const changes = typeof each === 'object' && each !== null ? each : each === undefined ? {} : { ratio: each }
    const whole = { ratio: 0, total: minutes[window] * 1_000, coverage: 1, query: `ratio ${window}`, ...changes }
    const bad = whole.ratio === null || whole.total === null ? null : whole.ratio * whole.total
    return { ...whole, bad, inside: whole.total, ...changes }
  })
  return { kind: 'read', traffic: 'flowing', rulesEvaluatedAt: null, badByHour: null, ...rest, windows }
}
