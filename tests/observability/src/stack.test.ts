import { afterAll, beforeAll, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createProgram, isRunning, type Program } from '@hourglass/support/program'
import { createSchool, type School } from '@hourglass/support/school'
import { z } from 'zod'
import { askLoki, askPrometheus, askTargets } from './ask'
import { eventually } from './eventually'
import { testGuide } from './guide'
import { testMap } from './map'
import { testCommands } from './on-call/test-commands'
import { type OneSitting, type Submitted, sitOnce, submitAtOnce } from './one-sitting'
import { testPanels } from './panels'
import { testPictures } from './pictures/test-pictures'
import { testReliability } from './reliability'
import { sittings } from './sit-exams'
import { testAsk } from './test-ask'
import { testWalk } from './walk'

const Addresses = z.object({
  ...{ prometheus: z.string(), loki: z.string(), tempo: z.string() },
  ...{ alertmanager: z.string(), logs: z.string() },
})

let stack: Program
let school: School
let sitting: Promise<OneSitting>
let submitted: Promise<Submitted>
let since = 0
let addresses: z.infer<typeof Addresses>
beforeAll(async () => {
  stack = await createProgram({ TRACE_RATIO: '1' }, 'stack', ['--observability', '--scale', 'exams=2'])
  stack.launch()
  await stack.untilReady(120_000)
  since = Date.now()
  addresses = Addresses.parse(JSON.parse(readFileSync(join(stack.dataFolder, 'observability.json'), 'utf8')))
  school = await createSchool(stack, { students: sittings.sitters + 2 })
  const [asked, quick] = school.students.slice(sittings.sitters)
  if (!asked || !quick) throw new Error('the school has too few students')
  // While the other tests go on: what they found is looked at by the last ones, which throw what went wrong with it.
  sitting = sitOnce(stack, school, asked)
  submitted = submitAtOnce(stack, school, quick)
  for (const each of [sitting, submitted]) each.catch(() => {})
}, 130_000)
afterAll(() => stack?.end(), 60_000)

test('every replica and every server is scraped, and up', async () => {
  const targets = await eventually(
    () => askTargets(addresses.prometheus),
    (all) => all.length > 0 && all.every(({ health }) => health === 'up'),
    40_000,
  )
  const names = targets.map(({ labels: { job, service, instance } }) =>
    [job, service, instance].filter(Boolean).join(' '),
  )
  expect(names.sort()).toEqual([
    ...['alertmanager alertmanager', 'collector collector', 'loki loki', 'mongodb mongodb', 'node node'],
    ...['postgres postgres', 'prometheus prometheus', 'rabbitmq rabbitmq', 'rabbitmq-queues rabbitmq', 'redis redis'],
    ...['services exams exams-1', 'services exams exams-2', 'services gateway gateway', 'services grading grading'],
    ...['services notifier notifier', 'services quizzes quizzes', 'services students students', 'tempo tempo'],
  ])
  for (const query of ['pg_up == 1', 'redis_up == 1', 'rabbitmq_detailed_queue_messages_ready', 'node_load1']) {
    expect(await askPrometheus(addresses.prometheus, query)).not.toBeEmpty()
  }
})

test('what a service writes is in Loki, under its replica', async () => {
  const lines = await eventually(
    () => askLoki(addresses.loki, '{service="exams"} | instance = "exams-2"'),
    (found) => found.length > 0,
  )
  const file = readFileSync(join(addresses.logs, 'exams-2.log'), 'utf8')
  for (const { text } of lines) expect(file).toContain(text)
})

test('Prometheus has found Alertmanager', async () => {
  const response = await fetch(`${addresses.prometheus}/api/v1/alertmanagers`)
  expect(await response.json()).toMatchObject({
    data: { activeAlertmanagers: [{ url: `${addresses.alertmanager}/api/v2/alerts` }] },
  })
})

testPanels(() => ({ program: stack, school, addresses }))
testReliability(() => ({ program: stack, addresses }))
testPictures(() => ({ addresses, since }))
testWalk(() => ({ addresses, sitting, submitted }))
testMap(() => ({ program: stack, addresses, submitted }))
testCommands(() => ({ program: stack, addresses }))
testAsk(() => ({ program: stack, sitting }))
testGuide(() => ({ program: stack, school, addresses, sitting }))

test('the summary names their addresses, and a stop leaves no process', async () => {
  const output = await eventually(
    async () => stack.output(),
    (text) => text.includes('Ctrl-C stops'),
  )
  for (const address of Object.values(addresses)) expect(output).toContain(address)
  const Known = z.record(z.string(), z.object({ pid: z.number() }))
  const known = Known.parse(JSON.parse(readFileSync(join(stack.dataFolder, 'processes.json'), 'utf8')))
  for (const name of ['Loki', 'Tempo', 'Prometheus', 'collector', 'Alertmanager', 'exams-2'])
    expect(Object.keys(known)).toContain(name)
  expect(await stack.stop()).toBe(0)
  for (const [name, { pid }] of Object.entries(known)) expect([name, isRunning(pid)]).toEqual([name, false])
}, 60_000)
