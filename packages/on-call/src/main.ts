/**
 * Who is called, by `slo/on-call/schedule.yaml`: `bun run on-call [--at 2026-12-24T10:14] [--weeks 4] [--check]`. Ends with 1 when `--check`
 * finds a fault in the year ahead, with 2 for what somebody at the keyboard must mend.
 */
import { parseArgs } from 'node:util'
import { readYaml } from '@hourglass/slo-gate/read-yaml'
import { findFaults, sayMoment, shareOf } from './faults'
import { listTurns, momentOf, whoIsOn } from './rota'
import { Schedule } from './schedule'

const dayMs = 86_400_000

function main(args: string[]): number {
  const { values } = parseArgs({
    args,
    options: {
      file: { type: 'string', default: 'slo/on-call/schedule.yaml' },
      at: { type: 'string' },
      weeks: { type: 'string', default: '4' },
      check: { type: 'boolean', default: false },
    },
  })
  const schedule = readYaml(values.file, Schedule)
  const at = values.at === undefined ? Date.now() : momentOf(values.at, schedule.zone)
  if (values.check) return check(schedule, at)
  console.log(sayNow(schedule, at))
  console.log(sayTurns(schedule, at, at + Number(values.weeks) * 7 * dayMs))
  return 0
}

function check(schedule: Schedule, at: number): number {
  const faults = findFaults(schedule, at, at + 365 * dayMs)
  for (const fault of faults) console.log(fault)
  const shares = [...shareOf(schedule, at, at + 365 * dayMs)]
  const said = shares.map(([person, days]) => `${schedule.people[person]?.name} ${Math.round(days)}`)
  console.log(`Days on call in a year: ${said.join(', ')}.`)
  console.log(faults.length === 0 ? 'No fault in the year ahead.' : `${faults.length} faults in the year ahead.`)
  return faults.length === 0 ? 0 : 1
}

function sayNow(schedule: Schedule, at: number): string {
  let minutes = 0
  const steps = whoIsOn(schedule, at).map(({ layer, person }) => {
    const { name, reach } = schedule.people[person] ?? { name: person, reach: '' }
    const when = minutes === 0 ? 'at once' : `after ${minutes} min`
    minutes += schedule.layers.find((each) => each.name === layer)?.minutes ?? 0
    return `  ${when}: ${name}, ${reach} (${layer})`
  })
  return [`At ${sayMoment(at, schedule.zone)} (${schedule.zone}) a page goes to`, ...steps].join('\n')
}

const sayTurns = (schedule: Schedule, from: number, until: number): string =>
  listTurns(schedule, from, until)
    .map(({ layer, person, regular, ...turn }) => {
      const instead = person === regular ? '' : `, instead of ${schedule.people[regular]?.name}`
      const stretch = `${sayMoment(turn.from, schedule.zone)} – ${sayMoment(turn.until, schedule.zone)}`
      return `${layer.padEnd(8)} ${stretch}  ${schedule.people[person]?.name}${instead}`
    })
    .join('\n')

try {
  process.exit(main(process.argv.slice(2)))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(2)
}
