import { afterAll, describe, expect, test } from 'bun:test'
import { createLogger } from './logger'
import { createMetrics, serveMetrics } from './metrics'

function createRecorded() {
  const lines: string[] = []
  const log = createLogger(
    { service: 'test', level: 'info', version: '1.2' },
    { write: (line) => void lines.push(line) },
  )
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? '{}') }
}

describe('what is secret is in no line', () => {
  const secret = 'CANARY-7'
  test.each<[string, object]>([
    ['by its name', { password: secret }],
    ['deep within', { a: { b: { c: { d: { seatToken: secret } } } } }],
    ['in a list', { people: [{ email: secret }, { answers: { q1: secret } }] }],
    ['in headers', { headers: { Authorization: `Bearer ${secret}`, 'Set-Cookie': secret } }],
    ['on an error', { err: Object.assign(new Error('no'), { params: [secret], detail: secret, parameters: secret }) }],
    ['in the text of a failed query', { err: new Error(`Failed query: insert\nparams: ${secret},1`) }],
    [
      'in what caused an error',
      { err: new Error('outer', { cause: Object.assign(new Error('inner'), { row: secret }) }) },
    ],
    ['among several errors', { err: new AggregateError([Object.assign(new Error('one'), { query: secret })], 'many') }],
    ['on an error that lies deeper', { outcome: { reason: Object.assign(new Error('no'), { body: secret }) } }],
    ['as a credential in a text', { err: new Error(`the far side refused Bearer ${secret}xyz`) }],
    ['as an address in a text', { reason: `nobody is called ${secret}@example.org` }],
    ['as a password in a URL', { url: `postgres://exams:${secret}@localhost/exams` }],
  ])('%s', (_, line) => {
    const { log, lines } = createRecorded()
    log.error(line, 'a line')
    expect(lines).toHaveLength(1)
    expect(lines[0]).not.toContain(secret)
  })

  test('and what is not stays as it was', () => {
    const { log, last } = createRecorded()
    log.info({ attempts: 3, route: '/api/people/:id', list: [1, 'two', null], at: new Date(0) }, 'a line')
    expect(last()).toMatchObject({
      ...{ attempts: 3, route: '/api/people/:id', list: [1, 'two', null], at: '1970-01-01T00:00:00.000Z' },
      ...{ level: 'info', service: 'test', version: '1.2', msg: 'a line' },
    })
    log.error({ err: Object.assign(new RangeError('too far'), { code: '22003' }) }, 'a fault')
    expect(last().err).toMatchObject({ type: 'RangeError', message: 'too far', code: '22003' })
    expect(last().err.stack).toContain('logger.test.ts')
  })
})

describe('equal errors', () => {
  test('are written ten times in 10 s, and the next line after that says how many were left out', () => {
    const { log, lines, last } = createRecorded()
    const begun = Date.now()
    const now = Date.now
    try {
      Date.now = () => begun
      for (let index = 0; index < 500; index++) {
        log.error({ err: new Error(`attempt ${Bun.randomUUIDv7()} not stored`), requestId: `r${index}` }, 'failure')
      }
      expect(lines).toHaveLength(10)
      log.error({ err: new Error('something else') }, 'failure')
      expect(lines).toHaveLength(11)
      Date.now = () => begun + 10_001
      log.error({ err: new Error(`attempt ${Bun.randomUUIDv7()} not stored`), requestId: 'late' }, 'failure')
      expect(last()).toMatchObject({ leftOut: 490, requestId: 'late', msg: 'failure' })
    } finally {
      Date.now = now
    }
  })

  test('lines without an error are all written', () => {
    const { log, lines } = createRecorded()
    for (let index = 0; index < 50; index++) log.info({ status: 200 }, 'request')
    expect(lines).toHaveLength(50)
  })
})

describe('the level', () => {
  const { log, lines } = createRecorded()
  const server = serveMetrics(
    { registries: () => [createMetrics('test').registry], logs: () => ({ exams: log }) },
    { hostname: '127.0.0.1', port: 0 },
  )
  afterAll(() => server.stop(true))
  const put = (body: unknown) => fetch(new URL('/log-level', server.url), { method: 'PUT', body: JSON.stringify(body) })

  test('is changed while it runs, for one service or for all', async () => {
    log.debug('unseen')
    expect(await (await put({ level: 'debug', service: 'exams' })).json()).toEqual({ exams: 'debug' })
    log.debug('seen')
    expect(lines.map((line) => JSON.parse(line).msg)).toEqual(['seen'])
    expect((await put({ level: 'warn' })).status).toBe(200)
    expect(await (await fetch(new URL('/log-level', server.url))).json()).toEqual({ exams: 'warn' })
  })

  test('is refused when it is none, or for a service that is not here', async () => {
    expect((await put({ level: 'loud' })).status).toBe(422)
    expect((await put('nonsense')).status).toBe(422)
    expect((await put({ level: 'info', service: 'other' })).status).toBe(404)
    expect(log.level).toBe('warn')
  })
})

test('no line is lost when the process ends at once, also with a reader that is slow', async () => {
  const script = `
    import { createLogger } from '${import.meta.dir}/logger.ts'
    const log = createLogger({ service: 'test' })
    for (let index = 0; index < 20_000; index++) log.info({ index }, 'a line')
    process.exit(0)`
  const child = Bun.spawn([process.execPath, '-e', script], { stdout: 'pipe', stderr: 'inherit' })
  await Bun.sleep(500)
  const lines = (await new Response(child.stdout).text()).trim().split('\n')
  expect(lines).toHaveLength(20_000)
  expect(JSON.parse(lines.at(-1) ?? '{}').index).toBe(19_999)
})
