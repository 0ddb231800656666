import { createFeeds } from '@hourglass/events/feed'
import type { SpeakerName } from '@hourglass/events/topology'
import {
  createServiceCaller,
  createServiceVerifier,
  type ServiceKey,
  type ServiceVerifier,
} from '@hourglass/kit/auth/service-identity'
import { publicKeyOf } from '@hourglass/kit/auth/token'
import type { Fetcher } from '@hourglass/kit/fetch'
import type { AnyElysia } from 'elysia'
import { createKey } from './create-key'

type Address = { url: string; fetcher: Fetcher }

/** The services of one process among themselves: they call and sign as they would across the network. */
export type Inside = {
  join: (name: string, app: AnyElysia) => void
  verifierOf: (name: string) => ServiceVerifier
  /** How one calls another. It must have joined by the time of the call. */
  addressOf: (from: string, to: string) => Address
  feedsOf: (listener: SpeakerName) => ReturnType<typeof createFeeds>
}

/** Each name gets a key of its own, which lives as long as the process. */
export function createInside(names: readonly string[]): Inside {
  const keys = new Map(names.map((name) => [name, createKey(name)]))
  const publicKeys = [...keys].map(([service, key]): ServiceKey => ({ service, ...publicKeyOf(key) }))
  const callers = new Map([...keys].map(([name, key]) => [name, createServiceCaller(name, key)]))
  const apps = new Map<string, AnyElysia>()
  const addressOf = (from: string, to: string): Address => {
    const call = callers.get(from)
    if (!call) throw new Error(`${from} is none of ${names}`)
    const reach: Fetcher = async (request) => {
      const app = apps.get(to)
      if (!app) throw new Error(`${to} is not there`)
      return app.handle(request)
    }
    return { url: `http://${to}.internal`, fetcher: call(to, reach) }
  }
  return {
    join: (name, app) => void apps.set(name, app),
    verifierOf: (name) => createServiceVerifier(publicKeys, name),
    addressOf,
    feedsOf: (listener) => createFeeds(listener, (from) => addressOf(listener, from)),
  }
}
