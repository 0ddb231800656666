/**
 * Measures, and judges nothing: `bun run load [--shape single|stack] [--replicas 1,2] [--students 500] [--per-second 1000]
 * [--seconds 30] [--starts-per-second 50] [--only exam|saturation|ends]`. Prints the figures as JSON. Needs `pgbench` for the yardstick.
 */
import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import type { Shape } from '@hourglass/support/program'
import { measureEvents, measureHerd } from './ends'
import { measureExam } from './exam'
import { measureSaturation } from './saturation'
import { createStage, print } from './stage'

const { values } = parseArgs({
  options: {
    shape: { type: 'string', default: 'single' },
    replicas: { type: 'string', default: '1' },
    students: { type: 'string', default: '500' },
    'per-second': { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '30' },
    'submits-per-second': { type: 'string', default: '200' },
    'starts-per-second': { type: 'string', default: '50' },
    only: { type: 'string' },
  },
})
const shape: Shape = values.shape === 'stack' ? 'stack' : 'single'
const isWanted = (name: string) => values.only === undefined || values.only === name

print('machine', {
  cpus: cpus().length,
  model: cpus()[0]?.model,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  bun: Bun.version,
})
for (const replicas of values.replicas.split(',').map(Number)) {
  const about = { shape, replicas }
  console.log(`\n${JSON.stringify(about)}`)
  const startsPerSecond = Number(values['starts-per-second'])
  const stage = await createStage({ ...about, students: Number(values.students), startsPerSecond })
  try {
    const load = { perSecond: Number(values['per-second']), seconds: Number(values.seconds) }
    if (isWanted('exam')) await measureExam(stage, load)
    if (isWanted('saturation')) await measureSaturation(stage, about)
    if (isWanted('ends')) {
      await measureEvents(stage, Number(values['submits-per-second']))
      await measureHerd(stage)
    }
  } finally {
    await stage.end()
  }
}
