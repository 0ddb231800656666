import type { Envelope } from '@hourglass/events/contracts'
import type { Registry } from '@hourglass/kit/metrics'

/** Counts what was published: by the events, since what is told has happened, once and for good. */
export function countTold(registry: Registry): (envelope: Envelope) => void {
  const published = registry.counter({
    name: 'quizzes_published_total',
    help: 'Versions of quizzes that were published.',
  })
  return ({ name }) => {
    if (name === 'quiz.published') published.inc({})
  }
}
