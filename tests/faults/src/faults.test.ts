import { afterAll, beforeAll, expect, test } from 'bun:test'
import { createRandom } from '@hourglass/support/random'
import { createSchool, type School } from '@hourglass/support/school'
import { createRig, type Rig } from './rig/rig'
import { runScenario } from './run-scenario'
import { scenarioOf } from './scenarios'

/** The short form: what matters most, with a seed that stays. All of it: `bun run test:faults`. */
const names = [
  'PostgreSQL’s answers are swallowed',
  'grading’s queue is deleted',
  'everything but the exam room, its database and the gateway is away',
  'a process dies where a save is stored and not answered',
]

const random = createRandom(1)
let rig: Rig
let school: School
beforeAll(async () => {
  rig = await createRig()
  school = await createSchool(rig, { students: 8 })
}, 120_000)
afterAll(() => rig.end(), 120_000)

for (const name of names) {
  test(`nothing that was acknowledged is lost, and all is marked, when ${name}`, async () => {
    const { faults, saves } = await runScenario(rig, school, scenarioOf(name), random.fork(name))
    if (faults.length > 0) console.error(rig.log().slice(-4_000))
    expect(faults).toEqual([])
    expect(saves).toBeGreaterThan(50)
  }, 150_000)
}
