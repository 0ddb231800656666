import { afterAll, expect, test } from 'bun:test'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Config as Exams } from '@hourglass/exams/config'
import { GatewayConfig as Gateway } from '@hourglass/gateway/config'
import { Config as Grading } from '@hourglass/grading/config'
import { readConfig } from '@hourglass/kit/config'
import { Config as Notifier } from '@hourglass/notifier/config'
import { Config as Quizzes } from '@hourglass/quizzes/config'
import { Config as Students } from '@hourglass/students/config'
import { readSecrets } from '../folder/secrets'
import { createEnvironments, type ServiceName, serviceNames } from './environments'
import { readServiceKeys } from './service-keys'

const folder = mkdtempSync(join(tmpdir(), 'hourglass-installation-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const databaseUrl = 'postgres://role:secret@127.0.0.1:5432/database'
const environmentsOf = (options: { databaseProcessors?: number; replicasOf?: (service: ServiceName) => number } = {}) =>
  createEnvironments({
    databases: { students: databaseUrl, exams: databaseUrl, grading: databaseUrl, notifier: databaseUrl },
    secrets: readSecrets(folder),
    serviceKeys: readServiceKeys(folder),
    addressOf: (service) => `http://${service}-1:3000,http://${service}-2:3000`,
    rabbitmqUrlOf: (name) => `amqp://${name}:secret@127.0.0.1:5672/hourglass`,
    ...{
      mongodbUrl: 'mongodb://127.0.0.1/quizzes',
      redisUrl: 'redis://127.0.0.1',
      uiFolder: '/app/ui',
      logLevel: 'info',
    },
    ...{ publicUrl: 'https://exams.example.org', firstAdmin: { email: 'admin@example.org', password: 'long enough' } },
    mail: { SMTP_URL: 'smtp://mail:1025', MAIL_FROM: 'Hourglass <exams@example.org>' },
    replicasOf: () => 1,
    ...options,
  })

test('every service takes the configuration that is made for it', () => {
  const environments = environmentsOf()
  expect(readConfig(Students, environments.students).FIRST_ADMIN_EMAIL).toBe('admin@example.org')
  expect(readConfig(Quizzes, environments.quizzes).MONGODB_URL).toBe('mongodb://127.0.0.1/quizzes')
  expect(readConfig(Exams, environments.exams).QUIZZES_URL).toHaveLength(2)
  expect(readConfig(Grading, environments.grading).DATABASE_URL).toBe(databaseUrl)
  expect(readConfig(Notifier, environments.notifier).SMTP_URL).toBe('smtp://mail:1025')
  expect(readConfig(Gateway, environments.gateway).PUBLIC_URL).toBe('https://exams.example.org')
})

test('the pools of all replicas hold at most twice the database’s processors and one, as they are read', () => {
  for (const [databaseProcessors, exams] of [
    [7, 1],
    [16, 1],
    [16, 3],
    [32, 3],
  ] as const) {
    const replicasOf = (service: ServiceName) => (service === 'exams' ? exams : 1)
    const environments = environmentsOf({ databaseProcessors, replicasOf })
    const room = readConfig(Exams, environments.exams)
    const others = [
      readConfig(Students, environments.students),
      readConfig(Grading, environments.grading),
      readConfig(Notifier, environments.notifier),
    ]
    const together =
      exams * (room.DATABASE_POOL + room.DATABASE_BACKGROUND_POOL) +
      others.reduce((sum, { DATABASE_POOL }) => sum + DATABASE_POOL, 0)
    expect(together).toBeLessThanOrEqual(2 * databaseProcessors + 1)
  }
})

/** Every variable of a service, by name. */
const variables: Record<ServiceName, string[]> = {
  students: Object.keys(Students.shape),
  quizzes: Object.keys(Quizzes.shape),
  exams: Object.keys(Exams.shape),
  grading: Object.keys(Grading.shape),
  notifier: Object.keys(Notifier.shape),
  gateway: Object.keys(Gateway.shape),
}

test('docs/environment-setup.md names every variable of every service, whose it is, and no other', () => {
  const text = readFileSync(join(import.meta.dir, '../../../../docs/environment-setup.md'), 'utf8')
  const table = text.slice(text.indexOf('### What each service reads')).split('\n\n')[2] ?? ''
  const rows = table.split('\n').map((line) => line.split('|').map((cell) => cell.trim()))
  const documented = new Map(
    rows.flatMap(([, names = '', who = '']) =>
      [...names.matchAll(/`(\w+)`/g)].map(([, name = '']) => [name, ownersOf(who)] as const),
    ),
  )
  const names = new Set(Object.values(variables).flat())
  expect([...documented.keys()].toSorted()).toEqual([...names].toSorted())
  for (const name of names) {
    const owners = serviceNames.filter((service) => variables[service].includes(name))
    expect({ name, owners: documented.get(name) }).toEqual({ name, owners })
  }
})

/** `all`, `all but quizzes`, or names after commas. */
function ownersOf(who: string): ServiceName[] {
  const named = serviceNames.filter((service) => who.includes(service))
  if (who === 'all') return [...serviceNames]
  return who.startsWith('all but') ? serviceNames.filter((service) => !named.includes(service)) : named
}
