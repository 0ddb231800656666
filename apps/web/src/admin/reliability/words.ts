import type { PromiseReport } from '@hourglass/notifier/reliability'
import { formatDuration, formatNumber } from '../../lib/format'
import { t } from '../../messages/reliability'
import type { IconName } from '../../parts/icon'
import type { Meaning } from '../../parts/notice'

export type Report = PromiseReport
export type State = Report['state']
export type Window = Report['windows'][number]

export const looksOf: Record<State, { meaning: Meaning | 'neutral'; icon: IconName }> = {
  fine: { meaning: 'stored', icon: 'check-circle' },
  ticket: { meaning: 'attention', icon: 'warning' },
  page: { meaning: 'error', icon: 'error' },
  unknown: { meaning: 'neutral', icon: 'info' },
}

export const formatShare = (share: number, places = 1): string =>
  formatNumber(share, { style: 'percent', maximumFractionDigits: places })

/** Two digits and no more: a burn of 14.4 is a 14.4. */
export const formatBurn = (burn: number): string =>
  formatNumber(burn, { maximumFractionDigits: burn < 10 ? 2 : burn < 100 ? 1 : 0 })

export const windowNamed = (report: Report, name: Window['window']): Window | undefined =>
  report.windows.find(({ window }) => window === name)

/** What is left of the budget. Rounded down, so that "100 %" is said only where nothing was spent. */
export function leftWords({ budgetLeft }: Report): string {
  if (budgetLeft === null) return t('fact.unknown')
  if (budgetLeft < 0) return t('fact.overspent', { share: formatShare(-budgetLeft, 0) })
  return formatShare(Math.floor(budgetLeft * 1_000) / 1_000)
}

const hoursOfPeriod = 720

export function lastsWords({ budgetLeft, hoursToEmpty }: Report): string {
  if (budgetLeft === null) return t('fact.unknown')
  if (budgetLeft <= 0) return t('fact.isEmpty')
  if (hoursToEmpty === null || hoursToEmpty > hoursOfPeriod) return t('fact.lastsPeriod')
  return durationOf(hoursToEmpty)
}

/** How many went wrong, and how many may of as many. */
export function eventWords(report: Report): string {
  const month = windowNamed(report, '30d')
  if (!month || month.coverage === 0) return t('fact.unknown')
  if (month.total === 0) return t('fact.none')
  const allowed = Math.floor(month.total * (1 - report.objective / 100) + 1e-9)
  return t('fact.eventsOf', { bad: month.bad, total: month.total, allowed })
}

/** Of how much of the 30 days there are figures. */
export function seenHours(report: Report): number {
  const month = windowNamed(report, '30d')
  return month ? (month.coverage * month.minutes) / 60 : 0
}

export const seenWords = (report: Report): string => durationOf(seenHours(report))

/** Whole days and hours: "2 days, 3 hours" is what one plans with. */
export function durationOf(hours: number): string {
  if (hours < 48) return formatDuration(Math.round(hours * 60) * 60 || Math.round(hours * 3_600))
  return formatNumber(Math.floor(hours / 24), { style: 'unit', unit: 'day', unitDisplay: 'long' })
}

/** The finding of the chart, in a sentence. */
export function burnWords({ windows }: Report): string {
  const [worst] = windows.toSorted((one, other) => (other.burnRate ?? 0) - (one.burnRate ?? 0))
  if (!worst?.burnRate) return t('burn.none')
  if (worst.burnRate <= 1) return t('burn.slow')
  return t('burn.fast', { burn: formatBurn(worst.burnRate), window: t(`window.${worst.window}`) })
}
