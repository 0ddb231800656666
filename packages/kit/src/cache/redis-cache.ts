import { Redis } from 'ioredis'
import type { Logger } from '../logger'
import type { Cache } from './cache'

export type RedisOptions = {
  /** `redis://user:password@host:port/0`, `rediss:` with TLS. */
  url: string
  log: Logger
  /** A call that has not been answered for so long has failed. */
  answerTimeoutMs?: number
}

/** One round trip, so that no counter is ever left without an end. */
const incrementScript = `
  local count = redis.call('INCR', KEYS[1])
  if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
  return count`

/**
 * The cache by Redis. Nothing waits for a Redis that is away: calls fail at once and the connection comes back by itself, with
 * its subscriptions.
 */
export function createRedisCache({ url, log, answerTimeoutMs = 500 }: RedisOptions): Cache {
  const open = (name: string): Redis => {
    const redis = new Redis(url, {
      connectionName: name,
      connectTimeout: 2_000,
      commandTimeout: answerTimeoutMs,
      // What cannot be sent now is of no use later.
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      autoResubscribe: false,
      retryStrategy: (times) => Math.min(100 * 2 ** times, 2_000) * (0.5 + Math.random() / 2),
    })
    let isLost = false
    redis.on('error', (error) => {
      if (!isLost) log.warn({ err: error, connection: name }, 'the cache is away')
      isLost = true
    })
    redis.on('ready', () => {
      if (isLost) log.info({ connection: name }, 'the cache is back')
      isLost = false
    })
    return redis
  }
  const commands = open('hourglass')
  const channels = createChannels(() => open('hourglass-channels'))
  const ask = async <T>(command: Promise<T>): Promise<T> => {
    try {
      return await command
    } catch (error) {
      // A connection that swallows packets looks alive for minutes: another is opened at the first silence.
      const isSilent = error instanceof Error && error.message === 'Command timed out'
      if (isSilent && commands.status === 'ready') commands.disconnect(true)
      throw error
    }
  }
  return {
    increment: async (key, ttlMs) => Number(await ask(commands.eval(incrementScript, 1, key, ttlMs))),
    get: (key) => ask(commands.get(key)),
    set: async (key, value, ttlMs) => void (await ask(commands.set(key, value, 'PX', ttlMs))),
    delete: async (key) => void (await ask(commands.del(key))),
    publish: async (channel, message) => void (await ask(commands.publish(channel, message))),
    subscribe: channels.subscribe,
    close: async () => {
      commands.disconnect()
      channels.close()
    },
  }
}

/** Subscriptions have a connection of their own, opened with the first of them; each time it is ready it asks for all anew. */
function createChannels(open: () => Redis) {
  const listeners = new Map<string, Set<(message: string) => void>>()
  let redis: Redis | null = null
  const connect = (): Redis => {
    const opened = open()
    opened.on('ready', () => {
      if (listeners.size > 0) opened.subscribe(...listeners.keys()).catch(() => opened.disconnect(true))
    })
    opened.on('message', (channel, message) => {
      for (const listen of listeners.get(channel) ?? []) listen(message)
    })
    return opened
  }
  return {
    subscribe: async (channel: string, listen: (message: string) => void): Promise<() => Promise<void>> => {
      const all = listeners.get(channel) ?? new Set()
      listeners.set(channel, all.add(listen))
      redis ??= connect()
      if (redis.status === 'ready') await redis.subscribe(channel)
      return async () => {
        all.delete(listen)
        if (all.size > 0 || listeners.get(channel) !== all) return
        listeners.delete(channel)
        if (redis?.status === 'ready') await redis.unsubscribe(channel)
      }
    },
    close: () => {
      listeners.clear()
      redis?.disconnect()
    },
  }
}
