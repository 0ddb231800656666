import { afterAll, beforeAll, expect, test } from 'bun:test'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import { startMongodb } from '../mongodb/server'
import { startPostgres } from '../postgres/server'
import { startRabbitmq } from '../rabbitmq/server'
import { startRedis } from '../redis/server'
import { startNodeExporter, startPostgresExporter, startRedisExporter } from './exporters'

let folder = ''
const stops: (() => Promise<void>)[] = []
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hourglass-exporters-'))
  chmodSync(folder, 0o755)
})
afterAll(async () => {
  await Promise.all(stops.map((stop) => stop()))
  rmSync(folder, { recursive: true, force: true })
})

/** Stops it with all others; answers it. */
async function start<Kind extends { stop: () => Promise<void> }>(starting: Promise<Kind>): Promise<Kind> {
  const server = await starting
  stops.push(server.stop)
  return server
}

/** The value of one series of a page of metrics. */
async function read(port: number, series: string, path = '/metrics'): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}${path}`)).text()
  const line = text.split('\n').find((each) => each.startsWith(`${series} `))
  return Number(line?.split(' ').at(-1))
}

test('the machine tells its load', async () => {
  const { port } = await start(startNodeExporter(folder))
  expect(await read(port, 'node_memory_MemTotal_bytes')).toBeGreaterThan(1_000_000)
})

test('PostgreSQL and Redis are up as their exporters see them', async () => {
  const [postgres, redis] = await Promise.all([
    start(startPostgres(folder, 'test')),
    start(startRedis(join(folder, 'redis'))),
  ])
  const databaseUrl = `postgres://postgres:test@127.0.0.1:${postgres.port}/postgres`
  const [ofPostgres, ofRedis] = await Promise.all([
    start(startPostgresExporter(folder, { databaseUrl })),
    start(startRedisExporter(folder, { redisUrl: redis.url })),
  ])
  expect(await read(ofPostgres.port, 'pg_up')).toBe(1)
  expect(await read(ofRedis.port, 'redis_up')).toBe(1)
  await redis.stop()
  expect(await read(ofRedis.port, 'redis_up')).toBe(0)
})

test('the broker and the document store tell their own, the broker queue by queue too', async () => {
  const [rabbitmq, mongodb] = await Promise.all([
    start(startRabbitmq(join(folder, 'rabbitmq'), { password: 'test' })),
    start(startMongodb(join(folder, 'mongodb'))),
  ])
  await fetch(`${rabbitmq.managementUrl}/api/queues/%2F/parked`, { method: 'PUT', body: '{"durable":true}' })
  const queue = 'rabbitmq_detailed_queue_messages_ready{vhost="/",queue="parked"}'
  expect(await read(rabbitmq.metricsPort, queue, '/metrics/detailed?family=queue_coarse_metrics')).toBe(0)

  const client = await MongoClient.connect(mongodb.url)
  await client.db().collection('drafts').insertOne({ title: 'Tides' })
  await client.close()
  expect(await read(mongodb.metricsPort, 'ferretdb_request_seconds_count{command="insert"}')).toBe(1)
})
