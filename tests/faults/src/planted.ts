/**
 * `bun run test:faults:planted [--only words] [--write] [--missing]`: puts one bug after the other into the services and runs the scenario that
 * must find it. Ends with 0 when each was found. `--write` puts the results into docs/reliability.md,
 * `--missing` leaves out what has a row there.
 */
import { parseArgs } from 'node:util'
import { createRandom } from '@hourglass/support/random'
import { createReport } from '@hourglass/support/report'
import { type Plant, plants } from './programs/plants'
import { createRigs } from './rigs'
import { runScenario } from './run-scenario'
import { mostStudents, scenarioOf } from './scenarios'

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    seed: { type: 'string', default: '1' },
    write: { type: 'boolean', default: false },
    missing: { type: 'boolean', default: false },
  },
})
const { listRows, writeRow } = createReport<'plants'>('reliability.md')
const wanted = plants.filter(
  ({ name }) => name.includes(values.only) && !(values.missing && listRows('plants').has(name)),
)
let found = 0
const names = plants.map(({ name }) => name)
for (const plant of wanted) {
  const faults = await plantAndRun(plant)
  if (faults.length > 0) found++
  const cells = [plant.scenario, faults[0] ? describe(faults[0]) : '**missed**']
  if (values.write) writeRow('plants', names, plant.name, cells)
  console.log(`${faults.length > 0 ? 'found ' : 'MISSED'} «${plant.name}» by «${plant.scenario}»`)
  for (const fault of faults.slice(0, 3)) console.log(`       ${fault.slice(0, 200)}`)
}
console.log(`${found} of ${wanted.length} planted bugs were found`)
process.exit(found === wanted.length ? 0 : 1)

/** Without the ids, which are others in each run. */
function describe(fault: string): string {
  return fault.replace(/[0-9a-f]{8}-[0-9a-f-]{27}(\/\S+)?/g, '…').slice(0, 120)
}

async function plantAndRun({ scenario: name, changes }: Plant): Promise<string[]> {
  const scenario = scenarioOf(name)
  const rigs = createRigs(mostStudents([scenario]))
  try {
    const { rig, school } = await rigs.get({ ...scenario.needs, changes })
    const { faults } = await runScenario(rig, school, scenario, createRandom(Number(values.seed)))
    return faults
  } catch (error) {
    // Without the bug the scenario is gone through: an answer that it cannot go on with is what it has found.
    if (error instanceof Error && / answered [45]\d\d/.test(error.message)) return [error.message]
    throw error
  } finally {
    await rigs.end()
  }
}
