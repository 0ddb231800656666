import { generateKeyPairSync } from 'node:crypto'
import type { PolicyRow } from '@hourglass/kit/auth/guard'
import type { Role } from '@hourglass/kit/auth/principal'
import {
  createServiceCaller,
  createServiceVerifier,
  type ServiceCaller,
  type ServiceKey,
} from '@hourglass/kit/auth/service-identity'
import { createTokenSigner, createTokenVerifier, publicKeyOf, type SigningKey } from '@hourglass/kit/auth/token'
import { createLogger } from '@hourglass/kit/logger'
import { createMetrics } from '@hourglass/kit/metrics'
import type { ServiceDeps } from '@hourglass/kit/service'

const createKey = (kid: string): SigningKey => ({
  kid,
  privateKey: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
})

/** The keys of this test process. */
export const accessKey = createKey('test-access')
export const seatKey = createKey('test-seat')
const serviceNames = ['gateway', 'students', 'quizzes', 'exams', 'grading', 'notifier']
const serviceKeys = new Map(serviceNames.map((name) => [name, createKey(`test-${name}`)]))
export const accessUse = { typ: 'at+jwt', audience: 'hourglass-api' }
export const seatUse = { typ: 'seat+jwt', audience: 'exams' }

const signAccess = createTokenSigner(accessKey, accessUse)
const signSeat = createTokenSigner(seatKey, seatUse)

/** The lines that a service logged, as they would be written. */
export type RecordedLog = { lines: string[] }

/** What the app of the service `name` begins with, for tests: real guard and keys, its log kept in `recorded.lines`. */
export function testService(
  policy: readonly PolicyRow[],
  recorded: RecordedLog = { lines: [] },
  name = 'test',
): ServiceDeps {
  return {
    log: createLogger({ service: 'test', level: 'debug' }, { write: (line) => void recorded.lines.push(line) }),
    metrics: createMetrics('test'),
    tracer: null,
    readiness: { state: 'ready', check: async () => true },
    policy,
    verifiers: {
      access: createTokenVerifier([publicKeyOf(accessKey)], accessUse),
      seat: createTokenVerifier([publicKeyOf(seatKey)], seatUse),
      service: createServiceVerifier(publicServiceKeys(), name),
    },
  }
}

const publicServiceKeys = () => [...serviceKeys].map(([service, key]): ServiceKey => ({ service, ...publicKeyOf(key) }))

/** How a service calls others, with its real signature; it may sign with another's key, as a thief does. */
export function testCaller(service: string, keyOf = service): ServiceCaller {
  const key = serviceKeys.get(keyOf)
  if (!key) throw new Error(`there is no service ${keyOf}`)
  return createServiceCaller(service, key)
}

/** An `Authorization` header's value for a signed-in person. */
export async function tokenFor(person: {
  personId: string
  role: Role
  name?: string
  expiresAt?: Date
}): Promise<string> {
  const { personId, role, name = 'Test Person', expiresAt = new Date(Date.now() + 600_000) } = person
  return `Bearer ${await signAccess(personId, { role, name, sid: Bun.randomUUIDv7() }, expiresAt)}`
}

/** An `Authorization` header's value for the holder of a seat. */
export async function seatFor(seat: { personId: string; attemptId: string; expiresAt?: Date }): Promise<string> {
  const { personId, attemptId, expiresAt = new Date(Date.now() + 600_000) } = seat
  return `Seat ${await signSeat(personId, { attempt: attemptId }, expiresAt)}`
}
