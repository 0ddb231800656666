/** The long form: `bun run test:crash --kills 200 --students 50 --seed 1`. Ends with 0 when the judge found nothing. */
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { runCrashLoop } from './crash-loop'
import { kinds } from './killer'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    students: { type: 'string', default: '50' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    kinds: { type: 'string', default: 'program,program,both,postgres' },
    seconds: { type: 'string', default: '40' },
  },
})
const startedAt = performance.now()
const report = await runCrashLoop({
  kills: Number(values.kills),
  students: Number(values.students),
  seed: Number(values.seed),
  kinds: z.array(z.enum(kinds)).min(1).parse(values.kinds.split(',')),
  limitSeconds: Number(values.seconds),
  log: (line) => console.log(line),
})
const { faults, ...counts } = report
console.log({ ...counts, seconds: Math.round((performance.now() - startedAt) / 1_000) })
for (const fault of faults.slice(0, 50)) console.error(fault)
console.log(faults.length === 0 ? 'no fault found' : `${faults.length} faults found`)
process.exit(faults.length === 0 ? 0 : 1)
