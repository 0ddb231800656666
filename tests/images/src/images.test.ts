import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
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
import { run } from './run'
import { build, makeStandIns } from './stand-ins'
import { installTools } from './tools'

const root = resolve(import.meta.dir, '../../..')
const services = ['set-up', 'students', 'quizzes', 'exams', 'grading', 'notifier', 'gateway']
const prefix = 'localhost/hourglass-test'
const folder = mkdtempSync(join(tmpdir(), 'hourglass-compose-'))
const admin = { email: 'admin@school.example', password: 'the first admin of a test' }
let composeProgram: string[]
let standIns: Awaited<ReturnType<typeof makeStandIns>>

beforeAll(async () => {
  composeProgram = await installTools()
  standIns = await makeStandIns()
}, 900_000)
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  // Layers of this commit, a gigabyte of them, are of no use to the next.
  await run(['podman', 'image', 'prune', '-f'])
}, 120_000)

const buildImage = (service: string, ...more: string[]) =>
  build([
    ...['--build-arg', `BUILD_IMAGE=${standIns.node}`, '--build-arg', `RUN_IMAGE=${standIns.debian}`],
    ...['--build-arg', `SERVICE=${service}`, ...more, '-t', `${prefix}/${service}:dev`, root],
  ])

describe('the images', () => {
  beforeAll(async () => {
    for (const service of services) await buildImage(service)
  }, 900_000)

  test('run as nobody, say what they are, check their health and need no shell', async () => {
    for (const service of services) {
      const [image] = JSON.parse(await run(['podman', 'image', 'inspect', `${prefix}/${service}:dev`]))
      const { User, Entrypoint, Labels } = image.Config
      expect(User).toBe('65532:65532')
      expect(Entrypoint).toEqual(['bun', '/app/src/index.js'])
      expect(Labels['org.opencontainers.image.title']).toBe(`hourglass-${service}`)
      expect(Labels['org.opencontainers.image.licenses']).toBe('Apache-2.0')
      expect(image.Healthcheck.Test).toEqual(['CMD', 'bun', '/app/probe.js'])
    }
  })

  test('add little to their base: Bun, one file, and what it reads', async () => {
    for (const service of services) {
      const sizeOf = async (name: string) =>
        Number(await run(['podman', 'image', 'inspect', name, '--format', '{{.Size}}']))
      const added = (await sizeOf(`${prefix}/${service}:dev`)) - (await sizeOf(standIns.debian))
      expect({ service, isSmall: added < 140 * 1_024 * 1_024 }).toEqual({ service, isSmall: true })
    }
  })

  test('hold nothing of the repository but the built service', async () => {
    const list = await run([
      'podman',
      'run',
      '--rm',
      '--network=none',
      '--entrypoint=find',
      `${prefix}/exams:dev`,
      '/app',
      '-type',
      'f',
    ])
    const files = list.trim().split('\n')
    expect(files).toContain('/app/src/index.js')
    const allowed = /^\/app\/(src\/index\.js(\.map)?|probe\.js(\.map)?|package\.json|migrations\/.+)$/
    expect(files.filter((file) => !allowed.test(file))).toEqual([])
  })

  test('come out the same from the same commit', async () => {
    const digestsIn = (name: string) =>
      run([
        ...['podman', 'run', '--rm', '--network=none', '--entrypoint=sh', name, '-c'],
        'find /app -type f | sort | xargs sha256sum',
      ])
    const first = await digestsIn(`${prefix}/exams:dev`)
    await build([
      ...['--build-arg', `BUILD_IMAGE=${standIns.node}`, '--build-arg', `RUN_IMAGE=${standIns.debian}`],
      ...['--build-arg', 'SERVICE=exams', '--no-cache', '-t', `${prefix}/exams:again`, root],
    ])
    expect(await digestsIn(`${prefix}/exams:again`)).toBe(first)
  }, 300_000)
})

describe('the compose file', () => {
  let compose: Compose
  let port: number
  let mailPort: number
  const environment = async (changes: Record<string, string> = {}) => {
    const values = {
      ...{ PUBLIC_URL: `http://127.0.0.1:${port}`, PUBLIC_PORT: `${port}`, MAIL_PORT: `${mailPort}` },
      ...{ FIRST_ADMIN_EMAIL: admin.email, FIRST_ADMIN_PASSWORD: admin.password },
      ...{
        POSTGRES_PASSWORD: 'postgres-secret',
        RABBITMQ_PASSWORD: 'rabbitmq-secret',
        MONGODB_PASSWORD: 'mongodb-secret',
      },
      // The stand-in knows no users.
      ...{ MONGODB_ADMIN_URL: '', MONGODB_URL: 'mongodb://mongodb:27017/quizzes' },
      ...{ IMAGE_PREFIX: prefix, IMAGE_TAG: 'dev', POSTGRES_IMAGE: standIns.postgres, REDIS_IMAGE: standIns.redis },
      ...{ RABBITMQ_IMAGE: standIns.rabbitmq, MONGODB_IMAGE: standIns.mongo, MAIL_IMAGE: standIns.mail },
      ...changes,
    }
    const file = join(folder, `${Bun.randomUUIDv7()}.env`)
    writeFileSync(
      file,
      Object.entries(values)
        .map(([name, value]) => `${name}=${value}`)
        .join('\n'),
    )
    return file
  }
  beforeAll(async () => {
    ;[port, mailPort] = [await freePort(), await freePort()]
  })

  test('says everything that is missing in one list, and starts nothing', async () => {
    const file = await environment({
      PUBLIC_URL: '',
      FIRST_ADMIN_PASSWORD: 'short',
      POSTGRES_PASSWORD: '',
      RABBITMQ_PASSWORD: '',
    })
    const incomplete = createCompose(composeProgram, root, `hourglass-${Date.now()}`, file)
    const { exitCode, said } = await incomplete.runAlone('environment')
    await incomplete.down()
    expect(exitCode).toBe(1)
    for (const name of ['PUBLIC_URL', 'FIRST_ADMIN_PASSWORD', 'POSTGRES_PASSWORD', 'RABBITMQ_PASSWORD']) {
      expect(said).toContain(name)
    }
  }, 120_000)

  test('brings up everything in order; people sign in, sit an exam, and get their result and their mail', async () => {
    compose = createCompose(composeProgram, root, `hourglass-${Date.now()}`, await environment())
    try {
      await compose.up()
      await sitAnExam(`http://127.0.0.1:${port}`, `http://127.0.0.1:${mailPort}`)
      await stopsInOrder(compose)
    } catch (error) {
      for (const service of ['set-up', 'gateway', 'exams', 'quizzes', 'grading']) {
        console.error(service, (await compose.logsOf(service).catch(String)).slice(-2_000))
      }
      throw error
    } finally {
      await compose.down()
    }
  }, 400_000)
})

async function sitAnExam(url: string, mailUrl: string): Promise<void> {
  const school = await createSchool({ url, admin }, { students: 1 })
  const [student] = school.students
  if (!student) throw new Error('no student')
  const teacher = await signIn(createApi(url), school.teacher.email, school.teacher.password)
  const examId = await scheduleExam(teacher, school, { title: 'In containers', limitSeconds: 60, release: 'automatic' })
  const session = await openSession(url, student)
  const attemptId = await sit({
    ...{ student, session, examId, random: createRandom(7), history: [], thinkMs: [50, 100], ending: 'submit' },
  })
  const api = await signIn(createApi(url), student.email, student.password)
  await eventually(() => api.must('GET', `/api/results/${attemptId}/review`), { withinMs: 60_000, everyMs: 300 })
  await eventually(
    async () => {
      const { messages } = await (await fetch(`${mailUrl}/api/v1/messages`)).json()
      expect(messages.map(({ Subject }: { Subject: string }) => Subject)).toContain('Your result: In containers')
    },
    { withinMs: 30_000, everyMs: 300 },
  )
}

/** Each service ends by itself when it is asked to, long before it would be killed. */
async function stopsInOrder({ containerOf, logsOf }: Compose): Promise<void> {
  for (const service of ['gateway', 'exams', 'quizzes', 'grading', 'students', 'notifier']) {
    const startedAt = performance.now()
    await run(['podman', 'stop', '-t', '15', containerOf(service)])
    expect({ service, isQuick: performance.now() - startedAt < 10_000 }).toEqual({ service, isQuick: true })
    const code = (await run(['podman', 'inspect', containerOf(service), '--format', '{{.State.ExitCode}}'])).trim()
    expect({ service, code, log: code === '0' ? '' : await logsOf(service) }).toEqual({ service, code: '0', log: '' })
  }
}
