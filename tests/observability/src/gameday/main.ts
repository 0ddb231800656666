/**
 * `bun run gameday NAME [NAME …] [--write] [--picture FILE]`, or `--list`: does a fault to a stack on which a class writes, waits for the alert, sees whether the
 * runbook's queries find the cause and the gate blocks, heals, and waits until all is over. Some 8 minutes each. Ends with 0 when it went
 * as runbook and policy say. `--write` puts the times into docs/gamedays.md; `--picture FILE` draws what the dashboards showed of it.
 */
import { parseArgs } from 'node:util'
import { createReport } from '@hourglass/support/report'
import { createStage } from '../alerts/stage'
import { watchAlerts } from '../alerts/watch'
import { type Game, games } from './games'
import { drawIncident } from './picture'
import { type Played, pageOf, play, seconds } from './play'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    list: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    picture: { type: 'string' },
  },
})
const unknown = positionals.filter((name) => !games.some((game) => game.name === name))
if (values.list || positionals.length === 0 || unknown.length > 0) {
  for (const name of unknown) console.error(`There is no game ${name}.`)
  for (const { name, fault, alert } of games) console.log(`${name.padEnd(22)} ${fault}: ${alert}`)
  process.exit(values.list ? 0 : 2)
}

/** Prometheus must have seen how it is when all is well. */
const settleMs = 60_000
let broken = 0
for (const game of games.filter(({ name }) => positionals.includes(name))) {
  const played = await playOnItsOwnStage(game)
  for (const complaint of played.complaints) console.log(`BROKE ${game.name}: ${complaint}`)
  if (played.complaints.length > 0) broken++
  if (values.write) write(played)
}
console.log(broken === 0 ? 'All went as it should.' : `${broken} did not go as they should.`)
process.exit(broken === 0 ? 0 : 1)

async function playOnItsOwnStage(game: Game): Promise<Played> {
  const stage = await createStage()
  const watch = watchAlerts(stage)
  try {
    const from = Date.now()
    await Bun.sleep(settleMs)
    const played = await play(game, stage, watch)
    if (values.picture && played.promise) {
      await drawIncident(values.picture, game.name, played.promise, stage.addresses, { from, to: Date.now() })
    }
    return played
  } finally {
    await watch.stop()
    await stage.end()
  }
}

function write(played: Played): void {
  const { game, predictedAfterMs, firesAfterMs, endsAfterMs, complaints } = played
  const { writeRow } = createReport<'games'>('gamedays.md')
  const isGood = complaints.length === 0
  const cells = [
    game.fault,
    `[${game.alert}](${pageOf(game).replace('docs/', '')})`,
    game.gate === null ? 'no promise' : predictedAfterMs === null ? '–' : seconds(predictedAfterMs),
    firesAfterMs === null ? '–' : seconds(firesAfterMs),
    gateCell(played),
    endsAfterMs === null ? '–' : seconds(endsAfterMs),
    isGood ? 'as it should' : `**${(complaints[0] ?? '').replaceAll(/\s+/g, ' ').slice(0, 120)}**`,
  ]
  const names = games.map(({ name }) => name)
  writeRow('games', names, game.name, cells)
}

function gateCell({ game, blocksAfterMs, complaints }: Played): string {
  if (game.gate === null) return 'not asked'
  if (blocksAfterMs === null) return 'does not block'
  return `blocks after ${seconds(blocksAfterMs)} more${complaints.length === 0 ? ', then passes' : ''}`
}
