import { z } from 'zod'
import { DayOfYear, endOf, Moment, startOf, Time, Zone } from './moments'

const Day = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])
const days = Day.options

/**
 * When nothing is deployed, by the clock on the wall of `zone`; both ends belong to it, to the minute (a day without a time ends at
 * 23:59). `once` is one stretch, `yearly` may go over the turn of the year, `weekly` begins on each of its days and may go over midnight.
 */
export const Freeze = z
  .strictObject({
    name: z.string(),
    reason: z.string(),
    zone: Zone,
    environments: z.array(z.string()).min(1),
    services: z.array(z.string()).optional(),
    once: z.strictObject({ from: Moment, until: Moment }).optional(),
    yearly: z.strictObject({ from: DayOfYear, until: DayOfYear }).optional(),
    weekly: z.strictObject({ days: z.array(Day).min(1), from: Time, until: Time }).optional(),
  })
  .refine(
    ({ once, yearly, weekly }) => [once, yearly, weekly].filter((each) => each !== undefined).length === 1,
    'exactly one of once, yearly, weekly',
  )
  .refine(({ once }) => !once || once.from <= endOf(once.until), 'it ends before it begins')
export type Freeze = z.infer<typeof Freeze>

/** Whether a freeze holds at `at`, in seconds since 1970. The clock on the wall decides: an hour that comes twice is frozen twice. */
export function isFrozen(freeze: Freeze, at: number): boolean {
  const local = Temporal.Instant.fromEpochMilliseconds(at * 1_000).toZonedDateTimeISO(freeze.zone)
  const minute = local.toPlainDateTime().toString({ smallestUnit: 'minute' })
  const { once, yearly, weekly } = freeze
  if (once) return minute >= startOf(once.from) && minute <= endOf(once.until)
  if (yearly) return isBetween(minute.slice(5), startOf(yearly.from), endOf(yearly.until))
  return weekly !== undefined && isWeekly(weekly, local)
}

const isBetween = (moment: string, from: string, until: string): boolean =>
  from <= until ? moment >= from && moment <= until : moment >= from || moment <= until

function isWeekly({ days: named, from, until }: NonNullable<Freeze['weekly']>, local: Temporal.ZonedDateTime): boolean {
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' })
  const isNamed = (weekday: number) => named.includes(days[(weekday + 6) % 7] ?? 'mon')
  if (from <= until) return isNamed(local.dayOfWeek) && time >= from && time <= until
  return (isNamed(local.dayOfWeek) && time >= from) || (isNamed(local.dayOfWeek - 1) && time <= until)
}

const longestHours = 370 * 24

/** When the freeze that holds at `at` is over, in seconds since 1970; `null` where it is not within a year. */
export function frozenUntil(freeze: Freeze, at: number): number | null {
  const minute = Math.floor(at / 60) * 60
  for (let hours = 1; hours <= longestHours; hours++) {
    const later = minute + hours * 3_600
    if (isFrozen(freeze, later)) continue
    let end = later
    while (!isFrozen(freeze, end - 60)) end -= 60
    return end
  }
  return null
}
