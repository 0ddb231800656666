/**
 * `bun run test:faults:planted [--only words]`: puts one bug after the other into the services and runs the scenario that must find
 * it. Ends with 0 when each was found.
 */
import { parseArgs } from 'node:util'
import { createRandom } from '@hourglass/support/random'
import { createSchool } from '@hourglass/support/school'
import { buildPlanted } from './build-planted'
import { type Plant, plants } from './plants'
import { createRig } from './rig'
import { runScenario } from './run-scenario'
import { scenarios } from './scenarios'

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } })
const wanted = plants.filter(({ name }) => name.includes(values.only))
let found = 0
for (const plant of wanted) {
  const faults = await plantAndRun(plant)
  if (faults.length > 0) found++
  console.log(`${faults.length > 0 ? 'found ' : 'MISSED'} «${plant.name}» by «${plant.scenario}»`)
  for (const fault of faults.slice(0, 3)) console.log(`       ${fault.slice(0, 200)}`)
}
console.log(`${found} of ${wanted.length} planted bugs were found`)
process.exit(found === wanted.length ? 0 : 1)

async function plantAndRun(plant: Plant): Promise<string[]> {
  const scenario = scenarios.find(({ name }) => name === plant.scenario)
  if (!scenario) throw new Error(`there is no scenario «${plant.scenario}»`)
  const rig = await createRig({ programs: await buildPlanted(plant) })
  try {
    const school = await createSchool(rig, { students: 8 })
    return (await runScenario(rig, school, scenario, createRandom(1))).faults
  } finally {
    await rig.end()
  }
}
