import { afterAll, afterEach, beforeAll, describe, expect, setDefaultTimeout, test } from 'bun:test'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ReliabilityReport } from '@hourglass/notifier/reliability'
import { endProcess, startOf } from '@hourglass/servers/process-identity'
import { freePort } from '@hourglass/testing/ports'
import { z } from 'zod'

setDefaultTimeout(120_000)

const main = join(import.meta.dir, 'main.ts')
let parent = ''
let folder = ''
let port = 0
let metricsPort = 0
beforeAll(async () => {
  parent = mkdtempSync(join(tmpdir(), 'hourglass-lifecycle-'))
  chmodSync(parent, 0o755)
  folder = join(parent, 'data')
  port = await freePort()
  metricsPort = await freePort()
})
const running: Bun.Subprocess[] = []
afterEach(async () => {
  for (const child of running.splice(0)) await endProcess(child.pid, 'SIGKILL', 5_000)
  const pid = postgresPid()
  if (pid !== null) await endProcess(pid, 'SIGQUIT', 5_000)
})
afterAll(() => rmSync(parent, { recursive: true, force: true }))

const postgresPid = (): number | null => {
  const file = join(folder, 'postgres/postmaster.pid')
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : null
}

function run(command: 'dev' | 'start', ...options: string[]) {
  const child = Bun.spawn(
    [
      ...[process.execPath, main, command, '--data', folder, '--port', String(port)],
      ...['--metrics-port', String(metricsPort), ...options],
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        HOURGLASS_ADMIN_EMAIL: 'admin@school.test',
        HOURGLASS_ADMIN_PASSWORD: 'an admin of a test',
      },
    },
  )
  running.push(child)
  let output = ''
  const errors = new Response(child.stderr).text()
  const reading = (async () => {
    const decoder = new TextDecoder()
    for await (const bytes of child.stdout) output += decoder.decode(bytes, { stream: true })
  })()
  const until = async (words: string) => {
    const giveUpAt = performance.now() + 90_000
    while (!output.includes(words)) {
      if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}:\n${output}\n${await errors}`)
      if (performance.now() > giveUpAt) throw new Error(`it never said "${words}":\n${output}`)
      await Bun.sleep(20)
    }
    return output
  }
  const stop = async () => {
    child.kill('SIGINT')
    const exitCode = await child.exited
    await reading
    return exitCode
  }
  const refusal = async () => ({ exitCode: await child.exited, words: (await errors).trim() })
  return { child, until, stop, refusal }
}
const signIn = async (email: string, password: string) => {
  const origin = `http://localhost:${port}`
  const headers = { origin, 'content-type': 'application/json' }
  const body = JSON.stringify({ email, password })
  return (await fetch(`http://127.0.0.1:${port}/api/sessions`, { method: 'POST', headers, body })).status
}
/** Sign-ins of the last 30 days, as the page Reliability counts them. */
async function countSignIns(): Promise<number> {
  const url = `http://127.0.0.1:${port}/api`
  const headers = { origin: `http://localhost:${port}`, 'content-type': 'application/json' }
  const body = JSON.stringify({ email: 'admin@demo.example', password: 'hourglass demo' })
  const session = await (await fetch(`${url}/sessions`, { method: 'POST', headers, body })).json()
  const authorization = `Bearer ${z.object({ accessToken: z.string() }).parse(session).accessToken}`
  const answer = await (await fetch(`${url}/reliability`, { headers: { authorization } })).json()
  const { promises } = ReliabilityReport.parse(answer)
  const signIns = promises.find(({ id }) => id === 'students-sign-ins')
  return signIns?.windows.find(({ window }) => window === '30d')?.total ?? 0
}
/** Every process whose command line names the data folder. */
const left = () =>
  Bun.spawnSync(['ps', '-eo', 'pid,args'])
    .stdout.toString()
    .split('\n')
    .filter((line) => line.includes(folder) && !line.includes('ps -eo'))

describe('dev', () => {
  test('the first start loads a school and prints addresses and sign-ins; Ctrl-C leaves no process and keeps the data and what was counted', async () => {
    const first = run('dev')
    const table = await first.until('Ctrl-C stops everything')
    await first.until('admin@demo.example')
    expect(table).toContain('Ready in')
    expect(await signIn('student@demo.example', 'hourglass demo')).toBe(201)
    const counted = await countSignIns()
    expect(counted).toBeGreaterThan(5)
    const pid = postgresPid()
    expect(await first.stop()).toBe(0)
    expect(left()).toEqual([])
    expect(pid !== null && startOf(pid)).toBeNull()
    const startedAt = performance.now()
    const second = run('dev')
    await second.until('Ctrl-C stops everything')
    expect(performance.now() - startedAt).toBeLessThan(5_000)
    expect(await signIn('student@demo.example', 'hourglass demo')).toBe(201)
    // Two more: that above, and that of whoever asks.
    expect(await countSignIns()).toBe(counted + 2)
    expect(await second.stop()).toBe(0)
  })

  test('a second copy on the same folder is one line that names the first', async () => {
    const first = run('dev')
    await first.until('Ctrl-C stops everything')
    const { exitCode, words } = await run('dev').refusal()
    expect(exitCode).toBe(1)
    expect(words).toBe(
      `Hourglass is already running on ${folder} (process ${first.child.pid}). Stop it, or choose another folder with --data.`,
    )
    await first.stop()
  })

  test('a change of code restarts the services and not the database', async () => {
    const program = run('dev')
    await program.until('Ctrl-C stops everything')
    const before = postgresPid()
    const file = join(import.meta.dir, 'origins.ts')
    writeFileSync(file, readFileSync(file))
    await program.until('changed, the services start again')
    let status = 0
    for (let attempt = 0; attempt < 200 && status !== 201; attempt++) {
      status = await signIn('student@demo.example', 'hourglass demo').catch(() => 0)
      await Bun.sleep(50)
    }
    expect(status).toBe(201)
    expect(postgresPid()).toBe(before)
    await program.stop()
  })
})

describe('start', () => {
  test('after a SIGKILL it starts on the same data, and its first admin is the one of the environment', async () => {
    const reset = run('start', '--reset')
    await reset.until('Hourglass serves')
    expect(await signIn('admin@school.test', 'an admin of a test')).toBe(201)
    expect(await signIn('student@demo.example', 'hourglass demo')).toBe(401)
    expect(statSync(join(folder, 'secrets.json')).mode & 0o077).toBe(0)
    reset.child.kill('SIGKILL')
    await reset.child.exited
    const again = run('start')
    await again.until('Hourglass serves')
    expect(await signIn('admin@school.test', 'an admin of a test')).toBe(201)
    expect(await again.stop()).toBe(0)
    expect(left()).toEqual([])
  })

  test('a PostgreSQL that is killed is started again, and the services come back by themselves', async () => {
    const program = run('start')
    await program.until('Hourglass serves')
    const before = postgresPid()
    if (before === null) throw new Error('no PostgreSQL runs')
    process.kill(before, 'SIGKILL')
    let status = 0
    for (let attempt = 0; attempt < 300 && (status !== 201 || postgresPid() === before); attempt++) {
      await Bun.sleep(50)
      status = await signIn('admin@school.test', 'an admin of a test').catch(() => 0)
    }
    expect(status).toBe(201)
    expect(postgresPid()).not.toBe(before)
    expect((await fetch(`http://127.0.0.1:${port}/health/ready`)).status).toBe(200)
    expect(await program.stop()).toBe(0)
    expect(left()).toEqual([])
  })

  test('metrics of every service are on a port of their own, and nowhere else', async () => {
    const program = run('start')
    await program.until('Hourglass serves')
    await signIn('nobody@school.test', 'a wrong password')
    const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()
    expect(metrics).toContain('route="/api/sessions",status="401",service="students"')
    expect(metrics.match(/^# TYPE http_requests_total /gm)).toHaveLength(1)
    expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).toBe(404)
    await program.stop()
  })

  test('a taken port is one line that names it and the option', async () => {
    const taken = Bun.serve({ hostname: '127.0.0.1', port, fetch: () => new Response() })
    const { exitCode, words } = await run('start').refusal()
    await taken.stop(true)
    expect(exitCode).toBe(1)
    expect(words).toBe(`Port ${port} is taken by another program. Stop it, or choose another with --port.`)
    expect(left()).toEqual([])
  })
})
