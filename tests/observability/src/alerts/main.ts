/**
 * `bun run test:alerts [--only words] [--write]`: does faults to a running stack, all at the same time, each where it disturbs no other, and
 * wants for each that its alert fires, is mailed once by the real Alertmanager, and ends when the fault has; and that no other alert
 * is mailed. Some 18 minutes, since the rules' own times are not shortened. Ends with 0 when all held. `--write` puts the table into docs/alerts.md.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { createReport } from '@hourglass/support/report'
import { readRules } from '../rules'
import { alertFaults, expectedBeside } from './faults'
import { type Evidence, judgeFault, judgeRest } from './judge'
import { type Outcome, runFault, seconds } from './run-fault'
import { createStage, links } from './stage'
import { watchAlerts } from './watch'

const { values } = parseArgs({
  options: { only: { type: 'string', default: '' }, write: { type: 'boolean', default: false } },
})
const faults = alertFaults.filter(({ alert }) => alert.includes(values.only))
const startedAt = performance.now()
const stage = await createStage()
const watch = watchAlerts(stage)
// Prometheus must have seen the processes as they were.
await Bun.sleep(20_000)
const outcomes = await Promise.all(faults.map((fault) => runFault(fault, stage, watch))).finally(async () => {
  await watch.stop()
  await stage.end()
})
const evidence: Evidence = { firings: watch.firings, mails: stage.mails(), rules: readRules().alerts, links }
const complaints = outcomes.map((outcome) => [...outcome.missed, ...judgeFault(outcome.fault, evidence)])
const beside = judgeRest(faults, evidence, expectedBeside)
const rows = new Map(
  outcomes.map((outcome, index) => [outcome.fault.alert, toRow(outcome, complaints[index] ?? [])] as const),
)
for (const [alert, cells] of rows) console.log(`${alert}: ${cells.join(' | ')}`)
for (const { labels, isInhibited } of watch.firings)
  console.log(isInhibited ? 'kept back' : 'fired', JSON.stringify(labels))
for (const { subject } of stage.mails()) console.log(`mail: ${subject}`)
const broken = [...complaints.flat(), ...beside]
for (const each of broken) console.log(`BROKE ${each}`)
mkdirSync('test-results', { recursive: true })
writeFileSync('test-results/alerts.json', JSON.stringify({ ...evidence, rules: undefined }, null, 2))
if (values.write) {
  const { writeRow } = createReport<'alerts'>('alerts.md')
  const names = alertFaults.map(({ alert }) => alert)
  for (const [alert, cells] of rows) writeRow('alerts', names, alert, cells)
}
const spent = ((performance.now() - startedAt) / 60_000).toFixed(1)
console.log(`${faults.length} faults in ${spent} minutes: ${broken.length === 0 ? 'all held' : 'not all held'}`)
process.exit(broken.length === 0 ? 0 : 1)

function toRow({ fault, firingAfterMs, resolvedAfterMs }: Outcome, complaints: readonly string[]): string[] {
  const told = evidence.mails.filter(({ subject }) => subject === fault.subject).length
  return [
    fault.fault,
    firingAfterMs === null ? '–' : seconds(firingAfterMs),
    String(told),
    resolvedAfterMs === null ? '–' : seconds(resolvedAfterMs),
    complaints.length === 0 ? 'held' : `**${complaints[0]}**`,
  ]
}
