import { idsOfTeller } from '@hourglass/kit/event-trace'
import type { Logger } from '@hourglass/kit/logger'
import { z } from 'zod'
import type { Envelope } from './contracts'

/** What a line says of an event about one attempt: its id and its exam’s, when it ended and why, whether marks are complete. */
const About = z.object({
  attemptId: z.uuid(),
  examId: z.uuid().optional(),
  cause: z.string().optional(),
  sealedAt: z.string().optional(),
  needsMarking: z.boolean().optional(),
})

/**
 * A line for each event about one attempt, once it is out: what is told has happened. It carries the trace in which it was told, not
 * that of its publication, so that it leads to who did it. Twice for one that a dying process published.
 */
export function logTold(log: Logger, { id: eventId, name: event, occurredAt: at, traceparent, data }: Envelope): void {
  if (!log.isLevelEnabled('info')) return
  const about = About.safeParse(data)
  if (!about.success) return
  log.info({ ...idsOfTeller(traceparent), event, eventId, at, ...about.data }, 'told')
}
