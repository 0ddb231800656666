import { type Speaker, topology } from '@hourglass/events/topology'
import type { Client } from '../client'

/** The services that hear events, and so may fail to take one. */
export const listeners: readonly string[] = Object.entries<Speaker>(topology)
  .filter(([, { hears }]) => hears.length > 0)
  .map(([name]) => name)

/** As `/api/<service>-events/parked` answers it. `nextAttemptAt` is null once it waits for somebody. */
export type Parked = {
  service: string
  id: string
  name: string
  failures: number
  reason: string
  firstFailedAt: string
  nextAttemptAt: string | null
}
type Page = { items: Omit<Parked, 'service'>[]; next: string | null }

/** All events that a service keeps because it could not take them. */
export async function listParked(client: Client, service: string): Promise<Parked[]> {
  const all: Parked[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const page: Page = await client.ask<Page>('GET', `/api/${service}-events/parked?limit=100${query}`)
    all.push(...page.items.map((item) => ({ service, ...item })))
    cursor = page.next
  }
  return all
}

/** Has one tried again now. */
export const replayParked = async (client: Client, { service, id }: Parked): Promise<void> =>
  void (await client.ask('POST', `/api/${service}-events/parked/${id}/replay`))

export const describeParked = ({ service, id, name, failures, reason, nextAttemptAt }: Parked): string => {
  const next = nextAttemptAt === null ? 'waits for a replay' : `is tried again at ${nextAttemptAt}`
  return `${id}  ${service.padEnd(8)}  ${name}  ${failures} failure(s), ${next}: ${reason}`
}
