import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { findFreePort } from '../free-port'
import { findDebianProgram } from '../install/debian-program'
import { launch, type Server } from '../process/launch'
import { askRedis } from './ask'

/** Debian's package that the tests were last run with. */
const debianPackage = { name: 'redis-server', version: '5:7.0.15-1~deb12u10' }

export type RedisServer = Server & { url: string }

/** Starts Redis with nothing kept on disk: what is in it may vanish at any moment, so it does at each start. */
export async function startRedis(folder: string, { port: given }: { port?: number } = {}): Promise<RedisServer> {
  const port = given ?? (await findFreePort())
  mkdirSync(folder, { recursive: true })
  const settings = {
    bind: '127.0.0.1',
    port: String(port),
    dir: folder,
    save: '',
    appendonly: 'no',
    maxmemory: '256mb',
    // Only keys that would expire anyway: limits. Nothing here is the only copy of anything.
    'maxmemory-policy': 'volatile-ttl',
  }
  const server = await launch({
    name: 'Redis',
    command: [
      findDebianProgram('redis-server', debianPackage),
      ...Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
    ],
    port,
    log: join(folder, 'redis.log'),
    isReady: async () => (await askRedis(port, 'PING')) === '+PONG',
  })
  return { ...server, url: `redis://127.0.0.1:${port}` }
}
