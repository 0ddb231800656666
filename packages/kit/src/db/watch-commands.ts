import type { Span } from '@hourglass/telemetry/span'
import { SpanKind } from '@opentelemetry/api'
import type { Instruments } from '../instruments'
import { databaseMetricsOf } from './database-metrics'

type Started = {
  requestId: number
  commandName: string
  databaseName: string
  command: Readonly<Record<string, unknown>>
}
type Ended = { requestId: number; commandName: string }
type Failed = Ended & { failure: unknown }

/** A client of MongoDB as far as it tells of its commands (`monitorCommands: true`). */
export type CommandSource = {
  on(event: 'commandStarted', listener: (event: Started) => void): unknown
  on(event: 'commandSucceeded', listener: (event: Ended) => void): unknown
  on(event: 'commandFailed', listener: (event: Failed) => void): unknown
}

/** `peer.service`: the name under which a map of services draws it. */
const storeAttributes = { 'db.system.name': 'mongodb', 'peer.service': 'mongodb' }

/** What the driver does for itself. */
const own = new Set(['hello', 'ismaster', 'ping', 'endSessions', 'saslStart', 'saslContinue'])

/** Measures every command, and makes it a span of what is being done, named by the command and its collection, never by a value. */
export function watchCommands(client: CommandSource, pool: string, instruments: Instruments): void {
  const { seconds, failures } = databaseMetricsOf(instruments.metrics.registry)
  const underWay = new Map<number, { startedAt: number; span: Span | null }>()
  const end = ({ requestId, commandName }: Ended, error: unknown) => {
    const begun = underWay.get(requestId)
    if (!begun) return
    underWay.delete(requestId)
    const { startedAt, span } = begun
    const traceId = span?.trace.isSampled ? span.trace.traceId : null
    seconds.observe({ pool, operation: commandName }, (performance.now() - startedAt) / 1_000, traceId)
    if (error !== null) {
      failures.inc({ pool, operation: commandName })
      span?.fail(error)
    }
    span?.end()
  }
  client.on('commandStarted', ({ requestId, commandName, databaseName, command }) => {
    if (own.has(commandName)) return
    const collection = command[commandName === 'getMore' ? 'collection' : commandName]
    const name = typeof collection === 'string' ? `${commandName} ${collection}` : commandName
    const span = instruments.tracer?.startPart(name, SpanKind.CLIENT) ?? null
    if (span) span.attributes = { ...storeAttributes, 'db.namespace': databaseName, 'db.query.summary': name }
    underWay.set(requestId, { startedAt: performance.now(), span })
  })
  client.on('commandSucceeded', (event) => end(event, null))
  client.on('commandFailed', (event) => end(event, event.failure))
}
