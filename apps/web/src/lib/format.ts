import { formatLocale } from './locale'
import { serverNow } from './server-now'

/** "23 Nov 2026, 10:14" */
export const formatDateTime = (iso: string): string =>
  new Intl.DateTimeFormat(formatLocale(), { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso))

/** "10:14:03", always on 24 hours: it stands beside the clock. */
export const formatClockTime = (iso: string): string =>
  new Intl.DateTimeFormat(formatLocale(), { timeStyle: 'medium', hourCycle: 'h23' }).format(new Date(iso))

/** Day, time and zone in full, for the hover. */
export const formatFullTime = (iso: string): string =>
  new Intl.DateTimeFormat(formatLocale(), { dateStyle: 'full', timeStyle: 'long' }).format(new Date(iso))

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

/** "in 2 hours", "3 days ago", against the server's clock. */
export function formatRelative(iso: string, nowMs: number = serverNow()): string {
  const seconds = (Date.parse(iso) - nowMs) / 1000
  const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? (['second', 1] as const)
  const format = new Intl.RelativeTimeFormat(formatLocale(), { numeric: 'auto' })
  return unit === 'second' ? format.format(0, 'second') : format.format(Math.trunc(seconds / size), unit)
}

/** "1 hour, 30 minutes"; seconds only below a minute. */
export function formatDuration(totalSeconds: number): string {
  const hours = Math.floor(totalSeconds / 3600)
  const minutes = Math.floor((totalSeconds % 3600) / 60)
  const parts = [
    ...(hours > 0 ? [formatUnit(hours, 'hour')] : []),
    ...(minutes > 0 ? [formatUnit(minutes, 'minute')] : []),
    ...(totalSeconds < 60 ? [formatUnit(Math.max(0, Math.round(totalSeconds)), 'second')] : []),
  ]
  return new Intl.ListFormat(formatLocale(), { style: 'long', type: 'unit' }).format(parts)
}

const formatUnit = (count: number, unit: 'hour' | 'minute' | 'second'): string =>
  new Intl.NumberFormat(formatLocale(), { style: 'unit', unit, unitDisplay: 'long' }).format(count)

export const formatNumber = (value: number, options?: Intl.NumberFormatOptions): string =>
  new Intl.NumberFormat(formatLocale(), options).format(value)

/** A decimal that travels as text ("3.90") in the reader's notation, without floating point: "3.9", "3,9". */
export function formatDecimal(text: string, options: Intl.NumberFormatOptions = { maximumFractionDigits: 12 }): string {
  // `format` takes a decimal string and keeps its exact value; the type asks for what such a string looks like.
  return new Intl.NumberFormat(formatLocale(), options).format(text as `${number}`)
}

/** Marks to be read: two places. What is counted has five. */
export const formatMarks = (text: string): string => formatDecimal(text, { maximumFractionDigits: 2 })
