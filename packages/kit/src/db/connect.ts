import { Socket } from 'node:net'
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres, { type Sql } from 'postgres'
import type { Instruments } from '../instruments'
import { tlsOf } from './tls'
import { watchStatements } from './watch-statements'

/** A pool or a transaction: what services' functions take first. */
export type Db = PgDatabase<PgQueryResultHKT>

export type Database = { db: Db; sql: Sql; close: () => Promise<void> }

export type DatabaseOptions = {
  /** `postgres://role:password@host:port/database` */
  url: string
  poolSize: number
  /** PEM of who signs the server's certificate: with it the connection is by TLS, and its name is checked. */
  certificateAuthority?: string | undefined
  /** The server gives a statement up after this. */
  statementTimeoutMs?: number
  /** The client destroys a connection that has not answered for so long; above the statement's own limit. */
  answerTimeoutMs?: number
  connectTimeoutMs?: number
  applicationName?: string
  /** By which its statements are measured and traced, under `applicationName`. */
  instruments?: Instruments
}

/**
 * A pool whose every query has two deadlines: `statement_timeout` on the server, and a watch on the socket, since postgres.js
 * waits for ever on a connection that swallows packets (facts: trap 4). A destroyed connection rejects its queries.
 */
export function connectDatabase(options: DatabaseOptions): Database {
  const { statementTimeoutMs = 1_500, answerTimeoutMs = statementTimeoutMs + 1_000, connectTimeoutMs = 2_000 } = options
  const sql = postgres(options.url, {
    max: options.poolSize,
    ...tlsOf(options.url, options.certificateAuthority),
    idle_timeout: 60,
    backoff: reconnectSeconds,
    onnotice: () => {},
    connection: {
      application_name: options.applicationName ?? 'hourglass',
      statement_timeout: statementTimeoutMs,
      idle_in_transaction_session_timeout: 10_000,
      TimeZone: 'UTC',
    },
    // Typed as any by the driver: its own options, with the host and port lists that it parsed from the URL.
    socket: ({ host, port }: { host: string[]; port: number[] }) =>
      openWatchedSocket(host[0] ?? '127.0.0.1', port[0] ?? 5_432, connectTimeoutMs, answerTimeoutMs),
  } as Parameters<typeof postgres>[1])
  const { instruments, applicationName: name = 'hourglass' } = options
  const seen = instruments ? watchStatements(sql, { name, size: options.poolSize }, instruments) : sql
  return { db: drizzle(seen), sql: seen, close: () => sql.end({ timeout: 3 }) }
}

/** The driver's own pause grows to 20 s; a room full of students cannot wait so long for a database that is back. */
const reconnectSeconds = (retries: number): number => Math.min(0.05 * 2 ** retries, 1) * (0.5 + Math.random() / 2)

/**
 * A socket on its way to the server, given at once: the driver hears of a failure by the socket's own events, and gives the
 * place in its pool back. From a promise that rejects it would not.
 */
function openWatchedSocket(host: string, port: number, connectTimeoutMs: number, answerTimeoutMs: number): Socket {
  const socket = new Socket()
  const timer = setTimeout(
    () => socket.destroy(timeOut(`no connection to the database within ${connectTimeoutMs} ms`)),
    connectTimeoutMs,
  )
  socket.once('close', () => clearTimeout(timer))
  socket.once('connect', () => {
    clearTimeout(timer)
    socket.setNoDelay(true)
    watchAnswers(socket, answerTimeoutMs)
  })
  // With TLS the driver writes to another socket on top of this one, and says so (see patches/).
  socket.once('secured', (secure: Socket) => watchAnswers(secure, answerTimeoutMs))
  return socket.connect(port, host)
}

const timeOut = (message: string) => Object.assign(new Error(message), { code: 'ETIMEDOUT' })

/** Destroys the socket when bytes were sent and none came back in time. An idle connection waits for nothing. */
function watchAnswers(socket: Socket, answerTimeoutMs: number): void {
  let waitingSince: number | null = null
  const write = socket.write.bind(socket)
  // The driver calls `write` with a buffer and at most a callback; the arguments pass through untouched.
  socket.write = ((...args: Parameters<typeof write>) => {
    waitingSince ??= performance.now()
    return write(...args)
  }) as typeof socket.write
  socket.on('data', () => {
    waitingSince = null
  })
  const timer = setInterval(
    () => {
      if (waitingSince !== null && performance.now() - waitingSince > answerTimeoutMs) {
        socket.destroy(timeOut(`the database did not answer within ${answerTimeoutMs} ms`))
      }
    },
    Math.min(250, answerTimeoutMs / 4),
  )
  timer.unref()
  socket.once('close', () => clearInterval(timer))
}
