import { createHash } from 'node:crypto'
import { type Speaker, type SpeakerName, topology } from '../topology'
import { eventsExchange, ownExchange, queuesOf } from './queues'

export type BrokerPasswords = Record<SpeakerName, string>

const allNames = Object.keys(topology) as SpeakerName[]

/**
 * Everything that stands in the broker, as RabbitMQ imports it: a user for each service, with its own queues and only the topics
 * that it tells and hears; exchanges, queues, bindings. The same input gives the same output.
 */
export function brokerDefinitions(vhost: string, passwords: BrokerPasswords): object {
  const speakers = allNames.map((name) => ({ name, ...(topology[name] as Speaker) }))
  const listeners = speakers.filter(({ hears }) => hears.length > 0)
  const queues = listeners.flatMap(({ name, hears }) => queuesOf(name, hears))
  return {
    vhosts: [{ name: vhost }],
    users: speakers.map(({ name }) => ({
      name,
      password_hash: hashOf(vhost, name, passwords[name]),
      hashing_algorithm: 'rabbit_password_hashing_sha256',
      tags: [],
      limits: {},
    })),
    permissions: speakers.map(({ name }) => ({ user: name, vhost, ...permissionsOf(name) })),
    topic_permissions: speakers.map(({ name, tells, hears }) => ({
      user: name,
      vhost,
      exchange: eventsExchange,
      write: oneOf(tells),
      read: oneOf(hears),
    })),
    exchanges: [
      { name: eventsExchange, vhost, type: 'topic', durable: true, auto_delete: false, internal: false, arguments: {} },
      ...listeners.map(({ name }) => ({
        ...{ name: ownExchange(name), vhost, type: 'direct', durable: true, auto_delete: false, internal: false },
        arguments: {},
      })),
    ],
    queues: queues.map((queue) => ({
      ...{ name: queue.name, vhost, durable: true, auto_delete: false },
      arguments: queue.arguments,
    })),
    bindings: queues.flatMap(({ name, bindings }) =>
      bindings.map(({ exchange, key }) => ({
        ...{ source: exchange, vhost, destination: name, destination_type: 'queue', routing_key: key },
        arguments: {},
      })),
    ),
  }
}

/** A service may make, fill and read what bears its name; of what all share it may only write and read topics. */
function permissionsOf(name: string) {
  const own = `^${name}\\.(own|events|dead|wait\\.\\d+)$`
  const shared = `^(${name}\\.(own|events|dead|wait\\.\\d+)|${eventsExchange.replace('.', '\\.')})$`
  return { configure: shared.replace(own, own), write: shared, read: shared }
}

/** RabbitMQ's pattern for one of these names; an empty one would allow all, so nothing is spelled out. */
const oneOf = (names: readonly string[]): string =>
  names.length === 0 ? '^$' : `^(${names.map((name) => name.replaceAll('.', '\\.')).join('|')})$`

/** Salted SHA-256 as RabbitMQ keeps it: four bytes of salt, then the digest. The salt follows from the user. */
function hashOf(vhost: string, name: string, password: string): string {
  const salt = createHash('sha256').update(`${vhost}/${name}/${password}`).digest().subarray(0, 4)
  const digest = createHash('sha256').update(salt).update(password).digest()
  return Buffer.concat([salt, digest]).toString('base64')
}
