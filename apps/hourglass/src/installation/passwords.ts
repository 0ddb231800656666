import { createHmac } from 'node:crypto'
import { type SpeakerName, topology } from '@hourglass/events/topology'

/** A password for one use, which follows from the installation's secret: nobody keeps a list of them. */
export const passwordFor = (secret: string, use: string): string =>
  createHmac('sha256', secret).update(use).digest('base64url')

/** One for every service that tells or hears events. */
export function brokerPasswords(secret: string): Record<SpeakerName, string> {
  const names = Object.keys(topology) as SpeakerName[]
  // Every name is given its own.
  return Object.fromEntries(names.map((name) => [name, passwordFor(secret, `rabbitmq ${name}`)])) as Record<
    SpeakerName,
    string
  >
}
