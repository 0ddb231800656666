import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createApi, signIn } from '@hourglass/support/api'
import { createRandom } from '@hourglass/support/random'
import { createSchool, scheduleExam } from '@hourglass/support/school'
import { openSession } from '@hourglass/support/session'
import { sit } from '@hourglass/support/sitting'
import { eventually } from '@hourglass/testing/poll'
import { freePort } from '@hourglass/testing/ports'
import { type Compose, createCompose } from './compose'
import { notObserved, observerImages, testObservers } from './observers'
import { build } from './podman'
import { run } from './run'
import { makeStandIns } from './stand-ins'
import { composeProgram, installTools } from './tools'

const root = resolve(import.meta.dir, '../../..')
const images = ['set-up', 'students', 'quizzes', 'exams', 'grading', 'notifier', 'gateway']
const services = images.slice(1)
const prefix = 'localhost/hourglass-test'
/** A clone of the repository, as on a machine that has nothing else of it. */
const clone = join(mkdtempSync(join(tmpdir(), 'hourglass-compose-')), 'hourglass')
let bases: string[]
let standIns: Awaited<ReturnType<typeof makeStandIns>>
let environment: Record<string, string>
let compose: Compose
let url: string
let mailUrl: string
/** Where what looks on answers. */
let addresses: { prometheus: string; alertmanager: string; loki: string; tempo: string }
/** Who sat an exam. */
let attemptId: string
const setUp: { said: string; seconds: number }[] = []

/** The script that people run; what differs is where images come from, ports, and a MongoDB that knows no users. */
async function runSetUpScript(...args: string[]): Promise<void> {
  const startedAt = performance.now()
  const said = await run(['scripts/setup-dev.sh', ...args], { cwd: clone, env: environment })
  const seconds = (performance.now() - startedAt) / 1_000
  console.log(
    `scripts/setup-dev.sh ${args.join(' ')} took ${seconds.toFixed(0)} s, with stand-ins for the images of a registry`,
  )
  setUp.push({ said, seconds })
}

beforeAll(async () => {
  await installTools()
  standIns = await makeStandIns()
  bases = ['--build-arg', `BUILD_IMAGE=${standIns.node}`, '--build-arg', `RUN_IMAGE=${standIns.debian}`]
  mkdirSync(clone)
  const without = ['node_modules', '.git', '.hourglass*', 'dist', 'test-results', '.env'].map(
    (name) => `--exclude=${name}`,
  )
  await run(['tar', '-C', root, ...without, '-cf', `${clone}.tar`, '.'])
  await run(['tar', '-C', clone, '-xf', `${clone}.tar`])
  const [port, mailPort] = [await freePort(), await freePort()]
  url = `http://127.0.0.1:${port}`
  mailUrl = `http://127.0.0.1:${mailPort}`
  const observerPorts = [await freePort(), await freePort(), await freePort(), await freePort()]
  const [prometheus = '', alertmanager = '', loki = '', tempo = ''] = observerPorts.map(
    (each) => `http://127.0.0.1:${each}`,
  )
  addresses = { prometheus, alertmanager, loki, tempo }
  const project = `hourglass-${Date.now()}`
  environment = {
    ...{ COMPOSE_PROJECT_NAME: project, PUBLIC_URL: url, PUBLIC_PORT: `${port}`, MAIL_PORT: `${mailPort}` },
    ...{ IMAGE_PREFIX: prefix, BUILD_IMAGE: standIns.node, RUN_IMAGE: standIns.debian },
    ...{ POSTGRES_IMAGE: standIns.postgres, REDIS_IMAGE: standIns.redis, RABBITMQ_IMAGE: standIns.rabbitmq },
    ...{ MONGODB_IMAGE: standIns.mongo, MAIL_IMAGE: standIns.mail, MONGODB_URL: 'mongodb://mongodb:27017/quizzes' },
    ...observerImages(standIns),
    ...{ PROMETHEUS_PORT: `${observerPorts[0]}`, ALERTMANAGER_PORT: `${observerPorts[1]}` },
    ...{ LOKI_PORT: `${observerPorts[2]}`, TEMPO_PORT: `${observerPorts[3]}` },
    // One exam, and its trace is wanted.
    TRACE_RATIO: '1',
    // As Docker builds: with health checks, and here without what a container in a container may not do.
    ...{ BUILDAH_FORMAT: 'docker', BUILDAH_ISOLATION: 'chroot' },
  }
  await runSetUpScript('--observability', ...notObserved.flatMap((name) => ['--without', name]))
  compose = createCompose([await composeProgram()], clone, project, environment, ['core', 'observability'])
}, 900_000)
afterAll(async () => {
  if ((await compose?.leftovers())?.length) await compose.down()
  rmSync(resolve(clone, '..'), { recursive: true, force: true })
  // Layers of this commit, a gigabyte of them, are of no use to the next.
  await run(['podman', 'image', 'prune', '-f'])
}, 240_000)

describe('the images', () => {
  test('run as nobody, say what they are and check their health', async () => {
    for (const service of images) {
      const [image] = JSON.parse(await run(['podman', 'image', 'inspect', `${prefix}/${service}:dev`]))
      const { User, Entrypoint, Labels } = image.Config
      expect(User).toBe('65532:65532')
      expect(Entrypoint).toEqual(['bun', '/app/src/index.js'])
      expect(Labels['org.opencontainers.image.title']).toBe(`hourglass-${service}`)
      expect(Labels['org.opencontainers.image.licenses']).toBe('Apache-2.0')
      expect(image.Healthcheck.Test).toEqual(['CMD', 'bun', '/app/probe.js'])
    }
  })

  test('need no shell, nor a file system to write to', async () => {
    const without = ['dash', 'bash'].flatMap((shell) => ['-v', `/dev/null:/usr/bin/${shell}:ro`])
    for (const service of images) {
      const bare = ['--rm', '--network=none', '--read-only', '--read-only-tmpfs=false', '--cap-drop=all', ...without]
      // Nothing is configured, and that is what it says.
      const said = run(['podman', 'run', ...bare, `${prefix}/${service}:dev`])
      await expect(said).rejects.toThrow('The configuration has')
    }
  })

  test('add little to their base: Bun, one file, and what it reads', async () => {
    for (const service of images) {
      const sizeOf = async (name: string) =>
        Number(await run(['podman', 'image', 'inspect', name, '--format', '{{.Size}}']))
      const added = (await sizeOf(`${prefix}/${service}:dev`)) - (await sizeOf(standIns.debian))
      expect({ service, isSmall: added < 140 * 1_024 * 1_024 }).toEqual({ service, isSmall: true })
    }
  })

  test('hold nothing of the repository but the built service', async () => {
    const list = ['podman', 'run', '--rm', '--network=none', '--entrypoint=find', `${prefix}/exams:dev`, '/app']
    const files = (await run([...list, '-type', 'f'])).trim().split('\n')
    expect(files).toContain('/app/src/index.js')
    const allowed = /^\/app\/(src\/index\.js(\.map)?|probe\.js(\.map)?|package\.json|migrations\/.+)$/
    expect(files.filter((file) => !allowed.test(file))).toEqual([])
  })

  test('come out the same when they are built again: every file, its owner and rights, and all that is said of the image', async () => {
    const contentOf = async (name: string) => {
      const find = `find / -xdev \\( -path /proc -o -path /sys -o -path /dev -o -path /run -o -path /etc/hosts -o -path /etc/hostname -o -path /etc/resolv.conf \\) -prune -o`
      const listing = await run([
        ...['podman', 'run', '--rm', '--network=none', '--user=0', '--read-only', '--entrypoint=sh', name, '-c'],
        `${find} -printf '%p %m %U:%G %l\\n' | sort; ${find} -type f -print0 | sort -z | xargs -0 sha256sum`,
      ])
      const [{ Config, Healthcheck }] = JSON.parse(await run(['podman', 'image', 'inspect', name]))
      return { listing, Config, Healthcheck }
    }
    // What the cache does not know: every step after the packages is done again.
    writeFileSync(join(clone, 'scripts/unused.ts'), `// ${Date.now()}\n`)
    await build([...bases, '--build-arg', 'SERVICE=exams', '-t', `${prefix}/exams:again`, clone])
    rmSync(join(clone, 'scripts/unused.ts'))
    const [first, again] = [await contentOf(`${prefix}/exams:dev`), await contentOf(`${prefix}/exams:again`)]
    expect(first.listing).toContain('/app/src/index.js')
    expect(again).toEqual(first)
  }, 300_000)
})

describe('scripts/setup-dev.sh', () => {
  test('leaves a running stack within ten minutes, and says where it is and how to get in', () => {
    const [first] = setUp
    expect(first?.seconds).toBeLessThan(600)
    for (const service of services) expect(first?.said).toContain(`${service} is ready`)
    expect(first?.said).toContain('sign in as admin@example.org with the password in .env')
    expect(statSync(join(clone, '.env')).mode & 0o077).toBe(0)
  })
})

describe('the compose file', () => {
  test('starts what waits for the end of something after it, and everything is healthy', async () => {
    const described = await compose.describe()
    for (const [service, { depends_on: needs, healthcheck }] of Object.entries(described.services)) {
      if (notObserved.includes(service)) continue
      const { State } = await compose.inspect(service)
      for (const [other, { condition }] of Object.entries(needs)) {
        if (condition !== 'service_completed_successfully') continue
        const { State: before } = await compose.inspect(other)
        expect({ other, code: before.ExitCode }).toEqual({ other, code: 0 })
        const isInOrder = Date.parse(before.FinishedAt) <= Date.parse(State.StartedAt)
        expect({ service, other, isInOrder }).toEqual({ service, other, isInOrder: true })
      }
      if (healthcheck) {
        expect({ service, isHealthy: await compose.isHealthy(service) }).toEqual({ service, isHealthy: true })
      }
    }
  }, 120_000)

  test('gives each service a root that it cannot write to, no rights, and bounded memory and processors', async () => {
    for (const service of services) {
      const { Config, HostConfig, EffectiveCaps } = await compose.inspect(service)
      const { ReadonlyRootfs, Memory, NanoCpus, CpuQuota, SecurityOpt } = HostConfig
      expect({ service, ReadonlyRootfs, user: Config.User, caps: EffectiveCaps ?? [] }).toEqual({
        ...{ service, ReadonlyRootfs: true, user: '65532:65532', caps: [] },
      })
      expect(SecurityOpt.join()).toContain('no-new-privileges')
      expect(Memory).toBeGreaterThan(0)
      expect(NanoCpus + CpuQuota).toBeGreaterThan(0)
    }
  })

  test('PostgreSQL’s exporter has a role that sees statistics and no table', async () => {
    const password = readFileSync(join(await compose.volumeFolder('postgres-exporter-config'), 'password'), 'utf8')
    const ask = (database: string, query: string) =>
      run([
        ...['podman', 'exec', compose.containerOf('postgres'), 'psql', '-tA', '-c', query],
        `postgresql://hourglass_monitoring:${password}@127.0.0.1/${database}`,
      ])
    expect(Number(await ask('postgres', 'select sum(xact_commit) from pg_stat_database'))).toBeGreaterThan(0)
    await expect(ask('hourglass_exams', 'select 1')).rejects.toThrow('permission denied')
  })

  test('people sign in, sit an exam, and get their result and their mail', async () => {
    try {
      attemptId = await sitAnExam()
    } catch (error) {
      for (const service of ['set-up', 'gateway', 'exams', 'quizzes', 'grading']) {
        console.error(service, (await compose.logsOf(service).catch(String)).slice(-2_000))
      }
      throw error
    }
  }, 120_000)

  testObservers(() => ({ compose, addresses, attemptId, services }))

  test('a second run of the script keeps passwords, containers and data', async () => {
    const before = readFileSync(join(clone, '.env'), 'utf8')
    const { Id } = await compose.inspect('exams')
    await runSetUpScript()
    expect(readFileSync(join(clone, '.env'), 'utf8')).toBe(before)
    expect((await compose.inspect('exams')).Id).toBe(Id)
    const api = await signIn(createApi(url), admin().email, admin().password)
    const { items } = await api.must<{ items: { title: string }[] }>('GET', '/api/exams')
    expect(items.map(({ title }) => title)).toEqual(['In containers'])
  }, 300_000)

  test('each service ends by itself when it is asked to, long before it would be killed', async () => {
    for (const service of ['gateway', 'exams', 'quizzes', 'grading', 'students', 'notifier']) {
      const startedAt = performance.now()
      await run(['podman', 'stop', '-t', '15', compose.containerOf(service)])
      expect({ service, isQuick: performance.now() - startedAt < 10_000 }).toEqual({ service, isQuick: true })
      const { State } = await compose.inspect(service)
      const log = State.ExitCode === 0 ? '' : await compose.logsOf(service)
      expect({ service, code: State.ExitCode, log }).toEqual({ service, code: 0, log: '' })
    }
  }, 120_000)

  test('leaves nothing when it is taken down', async () => {
    expect(await compose.leftovers()).toContain(compose.containerOf('loki'))
    await compose.down()
    expect(await compose.leftovers()).toEqual([])
  }, 240_000)

  test('says everything that is missing in one list, and starts nothing', async () => {
    const empty = {
      ...{ PUBLIC_URL: '', FIRST_ADMIN_EMAIL: '', FIRST_ADMIN_PASSWORD: 'short' },
      ...{ POSTGRES_PASSWORD: '', RABBITMQ_PASSWORD: '', MONGODB_PASSWORD: '' },
    }
    const project = `hourglass-${Date.now()}`
    const incomplete = createCompose([await composeProgram()], clone, project, { ...environment, ...empty }, ['core'])
    const { exitCode, said } = await incomplete.runAlone('environment')
    await incomplete.down()
    expect(exitCode).toBe(1)
    const first = ['PUBLIC_URL', 'POSTGRES_PASSWORD', 'RABBITMQ_PASSWORD', 'MONGODB_PASSWORD']
    for (const name of [...first, 'FIRST_ADMIN_EMAIL', 'FIRST_ADMIN_PASSWORD']) expect(said).toContain(`${name}: `)
  }, 120_000)
})

/** The first admin as the script's own .env has it. */
function admin(): { email: string; password: string } {
  const env = readFileSync(join(clone, '.env'), 'utf8')
  const of = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(env)?.[1] ?? ''
  return { email: of('FIRST_ADMIN_EMAIL'), password: of('FIRST_ADMIN_PASSWORD') }
}

/** Answers the id of the attempt. */
async function sitAnExam(): Promise<string> {
  const school = await createSchool({ url, admin: admin() }, { students: 1 })
  const [student] = school.students
  if (!student) throw new Error('no student')
  const teacher = await signIn(createApi(url), school.teacher.email, school.teacher.password)
  const examId = await scheduleExam(teacher, school, { title: 'In containers', limitSeconds: 12, release: 'automatic' })
  const session = await openSession(url, student)
  const sat = await sit({
    ...{ student, session, examId, random: createRandom(7), history: [], thinkMs: [50, 100], ending: 'submit' },
  })
  const api = await signIn(createApi(url), student.email, student.password)
  await eventually(() => api.must('GET', `/api/results/${sat}/review`), { withinMs: 60_000, everyMs: 300 })
  await eventually(
    async () => {
      const { messages } = await (await fetch(`${mailUrl}/api/v1/messages`)).json()
      expect(messages.map(({ Subject }: { Subject: string }) => Subject)).toContain('Your result: In containers')
    },
    { withinMs: 30_000, everyMs: 300 },
  )
  if (!sat) throw new Error('the student’s time was over before it began')
  return sat
}
