import { databaseUrlOf } from '@hourglass/support/databases'
import { saturate } from './closed-loop'
import { runPgbench } from './pgbench'
import { startAll } from './room'
import { print, type Stage } from './stage'

/** Saves and the yardstick in turns, so that whatever else the machine does meets both. */
export async function measureSaturation(stage: Stage, about: object): Promise<void> {
  const { program, students } = stage
  const { seats } = await startAll(students, await stage.schedule({ limitSeconds: 3_600 }), 20)
  const yardstickUrl = databaseUrlOf(program.dataFolder, 'postgres')
  for (const connections of [16, 32, 64]) {
    const before = runPgbench(yardstickUrl, { clients: connections, seconds: 6 })
    const saves = await saturate(program, seats, connections, 8)
    const after = runPgbench(yardstickUrl, { clients: connections, seconds: 6 })
    const pgbench = Math.round((before.perSecond + after.perSecond) / 2)
    const ratio = Math.round((saves.perSecond / pgbench) * 100) / 100
    print('saturation', { ...about, pgbench: [before, after], saves, ratio })
  }
  for (const connections of [128, 192]) {
    print('saturation', { ...about, saves: await saturate(program, seats, connections, 8) })
  }
}
