import { expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig } from '@hourglass/kit/config'
import { YAML } from 'bun'
import { z } from 'zod'
import { Config } from './config'

const root = join(import.meta.dir, '../../../..')
const read = (name: string) => readFileSync(join(root, name), 'utf8')
const compose = read('compose.yaml')
const example = read('.env.example')
const Service = z.object({
  image: z.string(),
  profiles: z.array(z.string()).min(1),
  mem_limit: z.string().optional(),
  cpus: z.union([z.number(), z.string()]).optional(),
  read_only: z.boolean().optional(),
  cap_drop: z.array(z.string()).optional(),
  build: z.object({ args: z.record(z.string(), z.string()) }).optional(),
  environment: z.record(z.string(), z.string()).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
  volumes: z.array(z.string()).optional(),
})
const { services } = z.object({ services: z.record(z.string(), Service) }).parse(YAML.parse(compose))
const own = Object.entries(services).filter(([, { image }]) => image.startsWith('${IMAGE_PREFIX'))

test('every variable of compose.yaml is explained in .env.example, and every one there is used', () => {
  const used = [...compose.matchAll(/\$\{(\w+)/g)].map(([, name = '']) => name)
  const lines = example.split('\n')
  const explained = lines.flatMap((line, index) => {
    const name = /^(?:# )?([A-Z][A-Z_]+)=/.exec(line)?.[1]
    if (!name) return []
    // Its words stand above it, or above the variables that it belongs to.
    const above = lines.slice(0, index).toReversed()
    const words = above.slice(0, above.indexOf('')).some((each) => /^# [A-Z][a-z]/.test(each))
    expect({ name, isExplained: words }).toEqual({ name, isExplained: true })
    return [name]
  })
  expect(explained.toSorted()).toEqual([...new Set(used)].toSorted())
})

test('every container has bounded memory and processors', () => {
  for (const [name, { mem_limit, cpus }] of Object.entries(services)) {
    expect({ name, mem_limit: typeof mem_limit, hasProcessors: cpus !== undefined }).toEqual({
      ...{ name, mem_limit: 'string', hasProcessors: true },
    })
  }
})

test('our own containers write to nothing but what is mounted, and have no rights', () => {
  expect(own.length).toBeGreaterThan(10)
  for (const [name, { read_only, cap_drop }] of own) {
    expect({ name, read_only, cap_drop }).toEqual({ name, read_only: true, cap_drop: ['ALL'] })
  }
})

/** Only their versions are pinned: nobody was found who says their digests. */
const withoutDigest = ['prometheus', 'postgres-exporter', 'redis-exporter', 'mongodb-exporter']

test('images of others are pinned by version and digest, and the bases are those of the Dockerfile', () => {
  for (const [name, { image }] of Object.entries(services)) {
    if (own.some(([each]) => each === name)) continue
    const named = withoutDigest.includes(name)
      ? /^\$\{\w+:-[\w./-]+:v?\d+\.\d+\.\d+\}$/
      : /^\$\{\w+:-[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}\}$/
    expect(image).toMatch(named)
  }
  const bases = [...read('Dockerfile').matchAll(/^ARG (BUILD_IMAGE|RUN_IMAGE)=(\S+@sha256:[0-9a-f]{64})$/gm)]
  const args = Object.fromEntries(bases.map(([, name = '', image]) => [name, `\${${name}:-${image}}`]))
  for (const [, { build }] of own) if (build) expect(build.args).toMatchObject(args)
  expect(Object.keys(args)).toHaveLength(2)
})

test('nothing starts before what it needs: the check of .env, healthy servers, set-up, migrations, then services', () => {
  const needs = (name: string) =>
    Object.entries(services[name]?.depends_on ?? {}).map(([other, { condition }]) => `${other} ${condition}`)
  for (const server of ['postgres', 'mongodb', 'redis', 'rabbitmq', 'mail']) {
    expect(needs(server)).toEqual(['environment service_completed_successfully'])
  }
  const healthy = ['postgres', 'mongodb', 'rabbitmq'].map((name) => `${name} service_healthy`)
  expect(needs('set-up').toSorted()).toEqual(healthy.toSorted())
  for (const service of ['students', 'exams', 'grading', 'notifier']) {
    expect(needs(`${service}-migrations`)).toEqual(['set-up service_completed_successfully'])
    expect(needs(service)).toContain(`${service}-migrations service_completed_successfully`)
  }
  expect(needs('quizzes')).toEqual(['set-up service_completed_successfully'])
  for (const service of ['students', 'quizzes', 'exams', 'grading', 'notifier', 'redis']) {
    expect(needs('gateway')).toContain(`${service} service_healthy`)
  }
})

const main = join(import.meta.dir, 'main.ts')
const check = (environment: Record<string, string>) => {
  const { exitCode, stderr } = Bun.spawnSync([process.execPath, main, 'check'], { env: environment })
  return { exitCode, faults: [...stderr.toString().matchAll(/^ {2}(\w+): /gm)].map(([, name]) => name) }
}
const complete: Record<string, string> = {
  ...{ PUBLIC_URL: 'http://localhost:3000', FIRST_ADMIN_EMAIL: 'a@example.org', FIRST_ADMIN_PASSWORD: 'long enough' },
  ...{ POSTGRES_PASSWORD: 'postgres-1', RABBITMQ_PASSWORD: 'rabbitmq-1', MONGODB_PASSWORD: 'mongodb-1' },
  POSTGRES_ADMIN_URL: 'postgres://postgres:postgres-1@postgres:5432/postgres',
  RABBITMQ_MANAGEMENT_URL: 'http://admin:rabbitmq-1@rabbitmq:15672',
  ...{ RABBITMQ_URL: 'amqp://rabbitmq:5672', REDIS_URL: 'redis://redis:6379' },
  MONGODB_ADMIN_URL: 'mongodb://root:mongodb-1@mongodb:27017/admin',
}

test('a start without anything is refused with all that is missing, and with everything it is not', () => {
  const { exitCode, faults } = check({ SMTP_URL: 'no address', LOG_LEVEL: 'loud' })
  expect(exitCode).toBe(1)
  expect(faults.toSorted()).toEqual([...Object.keys(complete), 'LOG_LEVEL', 'SMTP_URL'].toSorted())
  expect(check(complete)).toEqual({ exitCode: 0, faults: [] })
  for (const name of Object.keys(complete)) {
    expect(() => readConfig(Config, { ...complete, [name]: '' })).toThrow(`has 1 fault(s):\n  ${name}: `)
  }
})

test('set-up is given every variable that it asks for, but where to write', () => {
  const asked = Object.keys(Config.shape).filter((name) => name !== 'CONFIG_FOLDER')
  expect(Object.keys(services['set-up']?.environment ?? {}).toSorted()).toEqual(asked.toSorted())
})
