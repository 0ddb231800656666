import { listTurns, type Turn } from './rota'
import type { Schedule } from './schedule'

/** What is wrong with a stretch of the schedule, in sentences: nobody is called, or the same person twice. */
export function findFaults(schedule: Schedule, from: number, until: number): string[] {
  const turns = listTurns(schedule, from, until)
  const say = (moment: number) => sayMoment(moment, schedule.zone)
  const empty = schedule.layers.flatMap(({ name }) => {
    const [first] = turns.filter(({ layer }) => layer === name)
    const begin = first?.from ?? until
    return begin > from ? [`Nobody is called by the layer "${name}" until ${say(begin)}.`] : []
  })
  const twice = turns.flatMap((turn, index) =>
    turns
      .slice(index + 1)
      .filter((other) => other.layer !== turn.layer && other.person === turn.person && overlap(turn, other))
      .map(
        (other) =>
          `${schedule.people[turn.person]?.name} is both "${turn.layer}" and "${other.layer}" from ${say(Math.max(turn.from, other.from))}.`,
      ),
  )
  return [...empty, ...twice]
}

const overlap = (one: Turn, other: Turn): boolean => one.from < other.until && other.from < one.until

/** Days that each person is on call in a layer; what somebody does instead of another counts as theirs. */
export function shareOf(schedule: Schedule, from: number, until: number): Map<string, number> {
  const days = new Map(Object.keys(schedule.people).map((person) => [person, 0]))
  for (const turn of listTurns(schedule, from, until)) {
    days.set(turn.person, (days.get(turn.person) ?? 0) + (turn.until - turn.from) / 86_400_000)
  }
  return days
}

/** `Mon 2026-11-30 10:00`, by the clock on the wall. */
export function sayMoment(moment: number, zone: string): string {
  const local = Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone)
  const day = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][local.dayOfWeek - 1]
  return `${day} ${local.toPlainDate()} ${local.toPlainTime().toString({ smallestUnit: 'minute' })}`
}
