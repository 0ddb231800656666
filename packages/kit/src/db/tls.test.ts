import { afterAll, beforeAll, expect, test } from 'bun:test'
import { chownSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startTestServer, type TestServer } from '@hourglass/testing/postgres'
import { startProxy } from '@hourglass/testing/proxy'
import postgres from 'postgres'
import { connectDatabase } from './connect'
import { assertSchema } from './migrate'

const folder = mkdtempSync(join(tmpdir(), 'hourglass-test-'))
let server: TestServer
let authority: string
let stranger: string

/** `openssl` with the words given, in a folder of its own. */
function openssl(...words: string[]): void {
  const { exitCode, stderr } = Bun.spawnSync(['openssl', ...words], { cwd: folder })
  if (exitCode !== 0) throw new Error(stderr.toString())
}

function createAuthority(name: string): string {
  const subject = ['-subj', `/CN=${name}`, '-days', '2']
  openssl(
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    ...subject,
    '-keyout',
    `${name}.key`,
    '-out',
    `${name}.crt`,
  )
  return readFileSync(join(folder, `${name}.crt`), 'utf8')
}

beforeAll(async () => {
  authority = createAuthority('authority')
  stranger = createAuthority('stranger')
  openssl(
    'req',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-subj',
    '/CN=localhost',
    '-addext',
    'subjectAltName=DNS:localhost',
    '-keyout',
    'server.key',
    '-out',
    'server.csr',
  )
  openssl(
    'x509',
    '-req',
    '-in',
    'server.csr',
    '-CA',
    'authority.crt',
    '-CAkey',
    'authority.key',
    '-days',
    '2',
    '-copy_extensions',
    'copyall',
    '-out',
    'server.crt',
  )
  server = await startTestServer()
  const sql = postgres(`${server.url}/postgres`, { max: 1 })
  const [row] = await sql<{ data_directory: string }[]>`show data_directory`
  const data = row?.data_directory ?? ''
  const { uid, gid } = statSync(data)
  for (const name of ['server.crt', 'server.key']) {
    const place = join(data, name)
    writeFileSync(place, readFileSync(join(folder, name)), { mode: 0o600 })
    if (process.getuid?.() === 0) chownSync(place, uid, gid)
  }
  await sql.unsafe('alter system set ssl = on')
  await sql`select pg_reload_conf()`
  await sql.end()
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

const urlAt = (host: string, port?: number) => {
  const url = new URL(`${server.url}/postgres`)
  url.hostname = host
  if (port) url.port = String(port)
  return url.toString()
}
const connect = (url: string, certificateAuthority?: string) =>
  connectDatabase({ url, poolSize: 2, statementTimeoutMs: 500, certificateAuthority })
const isEncrypted = ({ sql }: ReturnType<typeof connect>) =>
  sql<{ ssl: boolean }[]>`select ssl from pg_stat_ssl where pid = pg_backend_pid()`.then(([row]) => row?.ssl)

test('with an authority the connection is encrypted, without one it is not', async () => {
  const [secret, open] = [connect(urlAt('localhost'), authority), connect(urlAt('localhost'))]
  expect([await isEncrypted(secret), await isEncrypted(open)]).toEqual([true, false])
  await Promise.all([secret.close(), open.close()])
})

test('a server with another’s certificate, or with another name, is not talked to', async () => {
  for (const [host, certificateAuthority] of [
    ['localhost', stranger],
    ['127.0.0.1', authority],
  ] as const) {
    const database = connect(urlAt(host), certificateAuthority)
    await expect(isEncrypted(database).then(String)).rejects.toThrow()
    await database.close()
  }
})

test('migrations and the look at the schema go the same way', async () => {
  const migrations = join(import.meta.dir, '../../fixtures/migrations')
  const place = { url: urlAt('localhost'), certificateAuthority: stranger }
  await expect(assertSchema(place, migrations)).rejects.not.toThrow('no tables yet')
  await expect(assertSchema({ ...place, certificateAuthority: authority }, migrations)).rejects.toThrow('no tables yet')
})

test('an encrypted connection that swallows packets fails in time like any other', async () => {
  const proxy = await startProxy(Number(new URL(server.url).port))
  const database = connect(urlAt('localhost', proxy.port), authority)
  expect(await isEncrypted(database)).toBe(true)
  proxy.swallow(true)
  const startedAt = performance.now()
  await expect(isEncrypted(database).then(String)).rejects.toThrow()
  expect(performance.now() - startedAt).toBeLessThan(4_000)
  await database.close()
  await proxy.close()
}, 60_000)
