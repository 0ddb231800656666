import type { Db } from '@hourglass/kit/db/connect'
import { contracts, type Envelope, type EventName, type EventOf, parseEvent } from './contracts'

/** The writes of one event, in one transaction with its inbox row. No network call in it. */
export type Apply = (tx: Db) => Promise<void>

/** Reads what the event names, if it must (here the network is allowed), and answers the writes. */
export type Handle<Name extends EventName> = (event: EventOf<Name>) => Apply | Promise<Apply>

/** The writes of several events, in one transaction with their inbox rows. @param ids of those that were not taken before. */
export type ApplyAll = (tx: Db, ids: ReadonlySet<string>) => Promise<void>

/**
 * As `Handle`, of events that came while others were taken, and that it is cheaper to take together. When they fail they are tried
 * again one by one.
 */
export type HandleAll<Name extends EventName> = (events: readonly EventOf<Name>[]) => ApplyAll | Promise<ApplyAll>

export type Consumer = {
  name: string
  handlers: { [Name in EventName]?: Handle<Name> | { together: HandleAll<Name> } }
}

/** What a consumer subscribes to. */
export const namesOf = ({ handlers }: Consumer): EventName[] =>
  Object.keys(handlers).filter((name): name is EventName => name in contracts)

/** Whether a consumer takes events of this name together. */
export function takesTogether({ handlers }: Consumer, name: string): boolean {
  // A name that it has no handler for is taken by nobody.
  const handler = handlers[name as EventName]
  return typeof handler === 'object'
}

/** The writes of events of one name; of one event alone unless its consumer takes them together. */
export async function handle(consumer: Consumer, envelopes: readonly Envelope[]): Promise<ApplyAll> {
  const [first] = envelopes
  // Only names of handlers are subscribed to and kept.
  const name = first?.name as EventName
  const handler = consumer.handlers[name] as Handle<typeof name> | { together: HandleAll<typeof name> } | undefined
  if (!first || !handler) throw new Error(`${consumer.name} has no handler for ${name}`)
  if (typeof handler === 'object') return handler.together(envelopes.map((each) => parseEvent(name, each)))
  const apply = await handler(parseEvent(name, first))
  return apply
}
