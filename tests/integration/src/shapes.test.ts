import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startOf } from '@hourglass/servers/process-identity'
import { startCollector } from '@hourglass/support/collector'
import { openDatabases } from '@hourglass/support/databases'
import { createProgram, type Program } from '@hourglass/support/program'
import { createSchool } from '@hourglass/support/school'
import { eventually } from '@hourglass/testing/poll'
import { connect } from 'amqplib'
import { readExposition, readPage } from './metric-families'

const replicas = ['students', 'quizzes', 'exams-1', 'exams-2', 'exams-3', 'grading', 'notifier']
let single: Program
let stack: Program
const collectors = { single: startCollector(), stack: startCollector() }
beforeAll(async () => {
  const traced = (endpoint: string) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, TRACE_RATIO: '1' })
  single = await createProgram(traced(collectors.single.endpoint), 'single')
  const environment = { ...traced(collectors.stack.endpoint), LOG_LEVEL: 'info' }
  stack = await createProgram(environment, 'stack', ['--scale', 'exams=3'])
  for (const program of [single, stack]) {
    program.launch()
    await program.untilReady(120_000)
  }
}, 240_000)
afterAll(async () => {
  for (const program of [single, stack]) await program.end()
  for (const collector of Object.values(collectors)) await collector.stop()
}, 60_000)

const textOf = async ({ url }: Program, path: string) => (await fetch(`${url}${path}`)).text()

test('both shapes describe themselves by the same document, byte for byte', async () => {
  const [one, other] = await Promise.all([single, stack].map((program) => textOf(program, '/api/openapi.json')))
  expect(one?.length).toBeGreaterThan(100_000)
  expect(other).toBe(one ?? '')
})

test('both shapes serve the same pages with the same headers', async () => {
  const headersOf = async ({ url }: Program, path: string) => {
    const { status, headers } = await fetch(`${url}${path}`)
    const own = new Set(['date', 'x-request-id', 'content-length', 'etag', 'last-modified'])
    return { status, headers: [...headers].filter(([name]) => !own.has(name)) }
  }
  for (const path of ['/', '/api/docs', '/api/exams', '/api/nothing', '/internal/openapi.json']) {
    const [one, other] = await Promise.all([single, stack].map((program) => headersOf(program, path)))
    const replaced = JSON.stringify(other).replaceAll(stack.url, single.url)
    expect(JSON.parse(replaced)).toEqual(one)
  }
})

describe('docs/metrics.md', () => {
  const page = readPage(readFileSync(join(import.meta.dir, '../../../docs/metrics.md'), 'utf8'))
  const metricsOf = async (url: string) => readExposition(await (await fetch(`${url}/metrics`)).text())
  /** Each service of the stack says where its metrics are when all is ready. */
  const urlsOf = (program: Program) =>
    [...program.output().matchAll(/metrics (\d+)$/gm)].map(([, port]) => `http://127.0.0.1:${port}`)

  test('names every metric of both shapes, with its type, its labels and its meaning, and no other', async () => {
    // Something to count.
    for (const { url } of [single, stack]) await fetch(`${url}/api/sessions`, { method: 'POST', body: '{}' })
    const urls = urlsOf(stack)
    expect(urls).toHaveLength(replicas.length + 1)
    const all = await Promise.all([single.metricsUrl, ...urls].map(metricsOf))
    const seen = new Set<string>()
    for (const families of all) {
      for (const family of families.values()) {
        seen.add(family.name)
        const documented = page.get(family.name)
        // A family without samples does not tell its labels.
        expect(family).toEqual({ ...family, ...documented, labels: family.labels && (documented?.labels ?? '?') })
        expect(documented).toBeDefined()
      }
    }
    expect([...page.keys()].filter((name) => !seen.has(name))).toEqual([])
  })

  test('no label was refused: none of the programs counts by ids or paths', async () => {
    for (const url of [single.metricsUrl, ...urlsOf(stack)]) {
      const text = await (await fetch(`${url}/metrics`)).text()
      expect(text.match(/^telemetry_labels_refused_total.*/gm) ?? []).toEqual([])
    }
  })
})

describe.each(['single', 'stack'] as const)('what happens in the shape %s', (shape) => {
  const { spans } = collectors[shape]

  test('is one trace from the gateway to the statement and to whoever takes an event in, which links to the work on it', async () => {
    await createSchool(shape === 'single' ? single : stack, { students: 1 })
    await eventually(
      () => {
        const edge = spans.find(({ service, name }) => service === 'gateway' && name === 'POST /api/people')
        if (!edge) throw new Error('the gateway has no span yet')
        const own = spans.filter(({ traceId }) => traceId === edge.traceId)
        const byId = new Map(own.map((span) => [span.spanId, span]))
        const insert = own.find(({ service, name }) => service === 'students' && name === 'INSERT students.people')
        const path: string[] = []
        for (let span = insert; span; span = byId.get(span.parentSpanId)) path.push(`${span.service}: ${span.name}`)
        expect(path.filter((each) => !each.endsWith('TRANSACTION'))).toEqual([
          'students: INSERT students.people',
          'students: POST /api/people',
          ...(shape === 'stack' ? ['gateway: POST students'] : []),
          'gateway: POST /api/people',
        ])
        const takes = own.filter(({ name }) => name === 'take person.changed')
        const tellers = takes.map(({ parentSpanId }) => byId.get(parentSpanId))
        expect(takes.map(({ service }) => service).toSorted()).toEqual(['exams', 'grading', 'notifier'])
        // A span for each, since a map of services draws one arrow of each.
        expect(new Set(tellers.map((teller) => teller?.spanId)).size).toBe(3)
        for (const teller of tellers) expect(teller).toMatchObject({ service: 'students', name: 'tell person.changed' })
        const takers = spans.filter(({ links }) => links.some(({ traceId }) => traceId === edge.traceId))
        expect(new Set(takers.map(({ service, name }) => `${service}: ${name}`))).toEqual(
          new Set([
            ...['students: publish person.changed', 'exams: consume person.changed'],
            ...['grading: consume person.changed', 'notifier: consume person.changed'],
          ]),
        )
      },
      { withinMs: 30_000 },
    )
  }, 60_000)
})

/** Lines as `renderLine` writes them: time, who, level, what. */
const logOf = ({ output }: Program) =>
  [...output().matchAll(/^\d\d:\d\d:\d\d\.\d{3} {2}(\S+) +(\w+) +(.*)$/gm)].map(([, name, level, words]) => ({
    ...{ name: name ?? '', level: level ?? '', words: words ?? '' },
  }))

test('the stack runs as many replicas as it was asked for, the door opens last, and one log says so in plain lines', () => {
  const ready = logOf(stack).filter(({ words }) => /^(ready|listening)/.test(words))
  expect(ready.map(({ name }) => name).toSorted()).toEqual([...replicas, 'gateway'].toSorted())
  expect(ready.at(-1)?.name).toBe('gateway')
  expect(stack.output()).not.toMatch(/^\{/m)
})

test('a dead letter is parked with its reason, and a command has it taken after all', async () => {
  const personId = Bun.randomUUIDv7()
  const event = { id: Bun.randomUUIDv7(), name: 'person.changed', version: 1, occurredAt: new Date().toISOString() }
  const person = { personId, revision: 1, name: 'Ada', email: 'ada@school.example', role: 'student', isActive: true }
  // As the broker hands on what its consumer left without an answer too often.
  await sendAsGrading('dead', { ...event, data: person })
  const parked = await eventually(async () => {
    const { output } = parkedCommand()
    expect(output).toContain(event.id)
    return output
  })
  expect(parked).toContain('grading   person.changed  0 failure(s), waits for a replay: set aside by the broker')
  expect(parkedCommand('replay', Bun.randomUUIDv7())).toMatchObject({ exitCode: 1 })
  expect(parkedCommand('replay', '--all', '--service', 'grading')).toMatchObject({ exitCode: 0 })
  await eventually(() => expect(parkedCommand()).toEqual({ exitCode: 0, output: 'Nothing is parked.\n' }))
  const databases = openDatabases(stack.dataFolder)
  const [row] = await databases.of('grading')`select name from grading.people where person_id = ${personId}`
  await databases.close()
  expect(row).toMatchObject({ name: 'Ada' })
}, 60_000)

function parkedCommand(...words: string[]): { exitCode: number; output: string } {
  const { email, password } = stack.admin
  const { exitCode, stdout, stderr } = Bun.spawnSync(
    [
      process.execPath,
      join(import.meta.dir, '../../../apps/hourglass/src/parked/main.ts'),
      ...words,
      '--url',
      stack.url,
    ],
    { env: { HOURGLASS_ADMIN_EMAIL: email, HOURGLASS_ADMIN_PASSWORD: password } },
  )
  return { exitCode, output: `${stdout}${stderr}` }
}

/** Sends a message to grading's own queues, with the credentials that its process has. */
async function sendAsGrading(key: string, event: object): Promise<void> {
  const { grading } = processesOf(stack)
  const environment = readFileSync(`/proc/${grading?.pid}/environ`, 'utf8').split('\0')
  const url = environment.find((each) => each.startsWith('RABBITMQ_URL='))?.slice('RABBITMQ_URL='.length) ?? ''
  const connection = await connect(url)
  const channel = await connection.createConfirmChannel()
  channel.publish('grading.own', key, Buffer.from(JSON.stringify(event)), { persistent: true, mandatory: true })
  await channel.waitForConfirms()
  await connection.close()
}

type Processes = Record<string, { pid: number; start: string }>
const processesOf = ({ dataFolder }: Program): Processes =>
  JSON.parse(readFileSync(join(dataFolder, 'processes.json'), 'utf8'))

test('a stack that is stopped ends with 0 and leaves no process and no list of them', async () => {
  const known = processesOf(stack)
  const servers = ['Redis', 'RabbitMQ', 'epmd', 'MongoDB']
  expect(Object.keys(known).toSorted()).toEqual([...replicas, 'gateway', ...servers].toSorted())
  expect(await stack.stop()).toBe(0)
  const left = Object.entries(known).filter(([, { pid, start }]) => startOf(pid) === start)
  expect(left).toEqual([])
  const named = Bun.spawnSync(['ps', '-eo', 'pid,args']).stdout.toString().split('\n')
  expect(named.filter((line) => line.includes(stack.dataFolder) && !line.includes('cat > /dev/null'))).toEqual([])
  expect(existsSync(join(stack.dataFolder, 'processes.json'))).toBe(false)
}, 60_000)
