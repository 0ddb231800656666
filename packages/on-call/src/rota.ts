import { startOf } from '@hourglass/slo-gate/moments'
import type { Layer, Schedule } from './schedule'

/** From `from` on, until before `until`: milliseconds since 1970. `person` is who is called, `regular` whose turn it would be. */
export type Turn = { layer: string; person: string; regular: string; from: number; until: number }

/** Who is called first, second, … at a moment; a layer that has not begun yet calls nobody. */
export const whoIsOn = (schedule: Schedule, at: number): { layer: string; person: string }[] =>
  schedule.layers.flatMap((layer) => {
    const regular = regularOf(layer, schedule.zone, at)
    return regular === null ? [] : [{ layer: layer.name, person: standInOf(schedule, regular, at) }]
  })

/** The turns of all layers in a stretch of time, in their order; they begin and end where somebody else takes over. */
export function listTurns(schedule: Schedule, from: number, until: number): Turn[] {
  const moments = [from, ...changesOf(schedule, from, until), until]
  return schedule.layers.flatMap((layer) => {
    const turns: Turn[] = []
    for (const [index, begin] of moments.slice(0, -1).entries()) {
      const regular = regularOf(layer, schedule.zone, begin)
      if (regular === null) continue
      const end = moments[index + 1] ?? until
      const person = standInOf(schedule, regular, begin)
      const last = turns.at(-1)
      if (last?.until === begin && last.person === person && last.regular === regular) last.until = end
      else turns.push({ layer: layer.name, person, regular, from: begin, until: end })
    }
    return turns
  })
}

/** By days of the calendar and not by hours: where clocks change a turn is an hour shorter or longer, and ends at the same time of day. */
function regularOf({ begins, at, days, people }: Layer, zone: string, moment: number): string | null {
  const local = localOf(moment, zone)
  const isBeforeHandover = Temporal.PlainTime.compare(local.toPlainTime(), Temporal.PlainTime.from(at)) < 0
  const day = isBeforeHandover ? local.toPlainDate().subtract({ days: 1 }) : local.toPlainDate()
  const passed = Temporal.PlainDate.from(begins).until(day, { largestUnit: 'days' }).days
  return passed < 0 ? null : (people[Math.floor(passed / days) % people.length] ?? null)
}

/** Who is away may have somebody instead who is away too; where that leads round in a circle it is the last of them. */
function standInOf({ away, zone }: Schedule, person: string, moment: number): string {
  const local = localOf(moment, zone).toPlainDateTime().toString({ smallestUnit: 'minute' })
  const absent = away.filter(({ from, until }) => startOf(from) <= local && local < startOf(until))
  const asked = new Set([person])
  while (true) {
    const last = [...asked].at(-1)
    const instead = absent.find((each) => each.person === last)?.instead
    if (instead === undefined || asked.has(instead)) return last ?? person
    asked.add(instead)
  }
}

/** Moments between which nobody takes over from anybody. */
function changesOf({ layers, away, zone }: Schedule, from: number, until: number): number[] {
  const changes = new Set<number>()
  for (const { from: begin, until: end } of away) changes.add(momentOf(begin, zone)).add(momentOf(end, zone))
  for (const { at } of layers) {
    for (let day = localOf(from, zone).toPlainDate(); ; day = day.add({ days: 1 })) {
      const handover = momentOf(`${day}T${at}`, zone)
      if (handover >= until) break
      changes.add(handover)
    }
  }
  return [...changes].filter((moment) => moment > from && moment < until).sort((one, other) => one - other)
}

const localOf = (moment: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone)

export const momentOf = (text: string, zone: string): number =>
  Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds
