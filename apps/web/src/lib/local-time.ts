import { formatLocale } from './locale'

/** What a date-and-time input shows for a moment, in this computer's zone: "2026-12-01T09:00". */
export function toLocalInput(iso: string | null): string {
  if (iso === null) return ''
  const at = new Date(iso)
  const two = (value: number) => String(value).padStart(2, '0')
  const date = `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${date}T${two(at.getHours())}:${two(at.getMinutes())}`
}

/** The moment that a date-and-time input names in this computer's zone; `null` while it is empty or half written. */
export function fromLocalInput(text: string): string | null {
  if (!/^\d{4,6}-\d\d-\d\dT\d\d:\d\d/.test(text)) return null
  const at = new Date(text)
  return Number.isNaN(at.getTime()) ? null : at.toISOString()
}

/** "Europe/Paris, UTC+1": the zone that times on this page are in. */
export function describeZone(at: Date = new Date()): string {
  const format = new Intl.DateTimeFormat(formatLocale(), { timeZoneName: 'longOffset' })
  const offset = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? 'UTC'
  const { timeZone } = format.resolvedOptions()
  return timeZone === 'UTC' ? 'UTC' : `${timeZone}, ${offset.replace('GMT', 'UTC')}`
}
