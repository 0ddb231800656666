/**
 * `bun run test:faults --minutes 10 --seed 1 [--only words] [--write] [--missing]`: scenario after scenario in an order that follows from the
 * seed, until the minutes are over or each was run. Ends with 0 when the judge found nothing; what the services said in one that broke
 * is in test-results/faults. `--write` puts the results into docs/reliability.md, `--missing`
 * leaves out what has a row there.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { createRandom, type Random } from '@hourglass/support/random'
import { createReport } from '@hourglass/support/report'
import { createRigs } from './rigs'
import { type Outcome, runScenario } from './run-scenario'
import type { Scenario } from './scenario'
import { mostStudents, scenarios } from './scenarios'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '40' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    only: { type: 'string', default: '' },
    write: { type: 'boolean', default: false },
    missing: { type: 'boolean', default: false },
  },
})
const { listRows, writeRow } = createReport<'scenarios'>('reliability.md')
const seed = Number(values.seed)
const random = createRandom(seed)
const order = inOrder(
  scenarios.filter(({ name }) => name.includes(values.only) && !(values.missing && listRows('scenarios').has(name))),
  random,
)
const names = scenarios.map(({ name }) => name)
const endsAt = performance.now() + Number(values.minutes) * 60_000
const rigs = createRigs(mostStudents(order))
const broken: string[] = []
let done = 0
for (const scenario of order) {
  if (performance.now() > endsAt) break
  const startedAt = new Date().toISOString()
  try {
    const { rig, school } = await rigs.get(scenario.needs ?? {})
    const result = await runScenario(rig, school, scenario, random.fork(scenario.name))
    const { faults, ...outcome } = result
    if (values.write) writeRow('scenarios', names, scenario.name, toRow(result))
    console.log(faults.length === 0 ? 'held ' : 'BROKE', JSON.stringify(outcome))
    for (const fault of faults.slice(0, 10)) console.log(`      ${fault}`)
    if (faults.length > 0) {
      broken.push(scenario.name)
      keepLog(scenario.name)
    }
  } catch (error) {
    broken.push(scenario.name)
    console.error(`BROKE «${scenario.name}», begun at ${startedAt}`, error)
    keepLog(scenario.name)
    // Whatever it has left is nothing to begin the next on.
    await rigs.end()
  }
  done++
}
await rigs.end()
console.log(
  `${done} of ${order.length} scenarios with seed ${seed}: ${broken.length === 0 ? 'all held' : 'not all held'}`,
)
for (const name of broken) console.log(`broke: bun run test:faults --seed ${seed} --only '${name}'`)
process.exit(broken.length === 0 ? 0 : 1)

function keepLog(name: string): void {
  const folder = 'test-results/faults'
  mkdirSync(folder, { recursive: true })
  const file = `${folder}/${name.replaceAll(/\W+/g, '-')}.log`
  writeFileSync(file, rigs.log())
  console.log(`      its log: ${file}`)
}

function toRow({ saves, retried, slowestMs, settledMs, faults }: Outcome): string[] {
  const figures = [saves, retried, `${slowestMs} ms`, `${(settledMs / 1_000).toFixed(1)} s`].map(String)
  return [...figures, faults.length === 0 ? 'held' : `**${faults[0]}**`]
}

/** As the seed has it; those that need a rig of their own come together, after the others. */
function inOrder(wanted: readonly Scenario[], random: Random): Scenario[] {
  return wanted
    .map((scenario) => ({
      scenario,
      needs: JSON.stringify(scenario.needs ?? ''),
      place: random.fork(scenario.name).next(),
    }))
    .toSorted((a, b) => a.needs.localeCompare(b.needs) || a.place - b.place)
    .map(({ scenario }) => scenario)
}
