import { callingServiceOf } from '@hourglass/kit/auth/principal'
import type { Fetcher } from '@hourglass/kit/fetch'
import { Elysia } from 'elysia'
import { z } from 'zod'
import type { Feed } from './catch-up'
import { Envelope } from './contracts'
import type { EventSource } from './event-source'
import { type SpeakerName, sourcesOf, topology } from './topology'

const maxBodies = 100
const Place = z.object({ occurredAt: z.iso.datetime(), id: z.uuid() })
const Places = z.array(Place)
const Bodies = z.array(Envelope)

/** Lets the services that hear this one look through what it told, each only through what it hears. */
export const eventFeed = (name: SpeakerName, source: EventSource) =>
  new Elysia({ name: `feed-${name}`, prefix: `/internal/${name}-events`, tags: ['internal'] })
    .get(
      '',
      ({ request, query: { occurredAt, id, until, limit } }) =>
        source.list({ names: namesFor(callingServiceOf(request), name), after: { occurredAt, id }, until, limit }),
      {
        query: Place.extend({ until: z.iso.datetime(), limit: z.coerce.number().int().min(1).max(1_000) }),
        response: Places,
      },
    )
    .get(
      '/bodies',
      async ({ request, query }) => {
        const names: readonly string[] = namesFor(callingServiceOf(request), name)
        return (await source.get(query.ids)).filter((envelope) => names.includes(envelope.name))
      },
      {
        // Elysia reads `ids=a,b` as a list and `ids=a` as a text.
        query: z.object({ ids: z.union([z.array(z.uuid()).max(maxBodies), z.uuid().transform((id) => [id])]) }),
        response: Bodies,
      },
    )

/** The feeds of everybody whom a service hears. `fetchers`: how it calls each, at which address. */
export function createFeeds(
  listener: SpeakerName,
  fetcherOf: (from: SpeakerName) => { url: string; fetcher: Fetcher },
): Feed[] {
  return sourcesOf(listener).map(({ from, names }) => ({ from, names, ...createHttpFeed(from, fetcherOf(from)) }))
}

function createHttpFeed(
  from: SpeakerName,
  { url, fetcher }: { url: string; fetcher: Fetcher },
): Pick<EventSource, 'list' | 'get'> {
  const read = async (path: string, query: Record<string, string>): Promise<unknown> => {
    const response = await fetcher(
      new Request(new URL(`/internal/${from}-events${path}?${new URLSearchParams(query)}`, url)),
    )
    if (!response.ok) throw new Error(`${from} answered ${response.status} for its events`)
    return response.json()
  }
  return {
    list: async ({ after, until, limit }) => Places.parse(await read('', { ...after, until, limit: String(limit) })),
    get: async (ids) => {
      const bodies: Envelope[] = []
      for (let begin = 0; begin < ids.length; begin += maxBodies) {
        const some = ids.slice(begin, begin + maxBodies).join(',')
        bodies.push(...Bodies.parse(await read('/bodies', { ids: some })))
      }
      return bodies
    },
  }
}

function namesFor(listener: string, from: SpeakerName) {
  if (!(listener in topology)) return []
  // Just looked up.
  return sourcesOf(listener as SpeakerName).find((source) => source.from === from)?.names ?? []
}
