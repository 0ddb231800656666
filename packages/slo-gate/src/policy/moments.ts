import { z } from 'zod'

/** A time of day. */
export const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as "08:00"')

/** A date and time of the clock on the wall, without a zone. */
export const Moment = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d(T\d\d:\d\d)?$/, 'a date such as 2026-12-20, or 2026-12-20T18:00')
  .refine(isDate, 'there is no such day')
export const DayOfYear = z
  .string()
  .regex(/^\d\d-\d\d(T\d\d:\d\d)?$/, 'a day of the year such as 12-20, or 12-20T18:00')
  .refine((text) => isDate(`2024-${text}`), 'there is no such day')
export const Zone = z.string().refine(isZone, 'a time zone such as Europe/Paris')

/** Where a stretch begins and ends that is given by days. */
export const startOf = (text: string): string => (text.includes('T') ? text : `${text}T00:00`)
export const endOf = (text: string): string => (text.includes('T') ? text : `${text}T23:59`)

function isDate(text: string): boolean {
  try {
    return Temporal.PlainDateTime.from(text, { overflow: 'reject' }).year > 0
  } catch {
    return false
  }
}

function isZone(text: string): boolean {
  try {
    return Temporal.Now.zonedDateTimeISO(text).year > 0
  } catch {
    return false
  }
}
