import { burnPairs, periodDays, type Severity, windowMinutes } from '@hourglass/slo/burn'
import { readOwnPromises } from '@hourglass/slo/own-promises'
import { paceWindow } from '@hourglass/slo/weigh'
import { wordsOf } from '@hourglass/slo/words'
import type { Query } from './query'

/** What `slo/` promises, by service, in the order of its files. */
export const promisesByService = (): Map<string, Promised[]> => Map.groupBy(promised(), ({ service }) => service)

export type Promised = ReturnType<typeof promised>[number]
export const promised = () =>
  readOwnPromises().map((slo) => ({
    ...{ id: slo.id, service: slo.service, name: slo.name, objective: slo.objective, promise: slo.description },
    words: wordsOf(slo),
  }))

const idIs = (id: string) => `{sloth_id="${id}"}`

/** What is left of the budgets: all of it where nothing has happened yet. */
export const leftOf = (selector = ''): string =>
  `max by (sloth_id) (slo:period_error_budget_remaining:ratio${selector} or on (sloth_id) 1 + 0 * slo:error_budget:ratio${selector})`
export const leftOfPromise = (id: string): string => leftOf(idIs(id))

const periodSeconds = periodDays * 86_400

/** Seconds until a budget is empty at the pace of the last hour; no more than the period, which is as good as never. */
export const secondsToEmpty = (): string => {
  const burn = `max by (sloth_id) (slo:sli_error:ratio_rate${paceWindow} / on (sloth_id) slo:error_budget:ratio)`
  return `clamp_max(clamp_min(${leftOf()}, 0) * ${periodSeconds} / on (sloth_id) clamp_min(${burn}, 0.001), ${periodSeconds})`
}

export const stateNames: Readonly<Record<number, string>> = { 0: 'kept', 1: 'ticket', 2: 'page' }

/** By promise: 0 while no alert fires, 1 for a ticket, 2 for a page. */
export const stateOfAll = (): string => {
  const firing = (severity: Severity) => `ALERTS{alertstate="firing", sloth_id!="", severity="${severity}"}`
  return `max by (sloth_id) (2 * ${firing('page')} or ${firing('ticket')} or 0 * slo:error_budget:ratio)`
}

/** A line for each window. One is missing while nothing happens in it. */
export const burnByWindow = ({ id }: Promised): Query[] =>
  Object.keys(windowMinutes).map((window) => ({
    expr: `max by (sloth_id) (slo:sli_error:ratio_rate${window}${idIs(id)} / on (sloth_id) slo:error_budget:ratio${idIs(id)})`,
    legend: window,
  }))

/** What its alerts name as most of it. */
export const contributorsOf = ({ name, words }: Promised): Query => ({
  expr: words.contributors,
  legend: `{{route}}{{outcome}}: ${name}`,
})

/** "14.4 (1h and 5m), 6 (6h and 30m) …" */
export const factorWords = (): string =>
  burnPairs.map(({ factor, long, short, severity }) => `${factor} over ${long} and ${short}: ${severity}`).join('; ')
