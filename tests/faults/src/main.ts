/**
 * `bun run test:faults --minutes 10 --seed 1 [--only words]`: scenario after scenario in an order that follows from the seed, until
 * the minutes are over or each was run. Ends with 0 when the judge found nothing.
 */
import { parseArgs } from 'node:util'
import { createRandom } from '@hourglass/support/random'
import { createSchool } from '@hourglass/support/school'
import { createRig } from './rig'
import { runScenario } from './run-scenario'
import { scenarios } from './scenarios'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    only: { type: 'string', default: '' },
    students: { type: 'string', default: '8' },
  },
})
const seed = Number(values.seed)
const random = createRandom(seed)
const wanted = scenarios.filter(({ name }) => name.includes(values.only))
const order = wanted
  .map((scenario) => ({ scenario, place: random.fork(scenario.name).next() }))
  .toSorted((a, b) => a.place - b.place)
const endsAt = performance.now() + Number(values.minutes) * 60_000
const rig = await createRig()
let bad = 0
let done = 0
try {
  const school = await createSchool(rig, { students: Number(values.students) })
  for (const { scenario } of order) {
    if (performance.now() > endsAt) break
    const { faults, ...outcome } = await runScenario(rig, school, scenario, random.fork(scenario.name))
    console.log(faults.length === 0 ? 'held ' : 'BROKE', JSON.stringify(outcome))
    for (const fault of faults.slice(0, 10)) console.log(`      ${fault}`)
    if (faults.length > 0) bad++
    done++
  }
} catch (error) {
  bad++
  console.error(error)
  console.error(rig.log().slice(-6_000))
} finally {
  await rig.end()
}
console.log(`${done} of ${order.length} scenarios with seed ${seed}: ${bad === 0 ? 'all held' : `${bad} broke`}`)
process.exit(bad === 0 ? 0 : 1)
