import type { Counter, Histogram, Registry } from '@hourglass/kit/metrics'

/** Saves by how they ended: stored, stale, late, too-late, paused, reused, missing. */
export const createSaveCounter = (registry: Registry): Counter<'outcome'> =>
  registry.counter({
    name: 'exams_saves_total',
    help: 'Saves of answers, by how they ended.',
    labels: ['outcome'],
  })

/** Seconds from the end of an attempt to the moment when the server had sealed it. */
export const createSealDelay = (registry: Registry): Histogram =>
  registry.histogram({
    name: 'exams_seal_delay_seconds',
    help: 'Seconds from when an attempt was due to be sealed by the server until it was.',
    buckets: [0.1, 0.25, 0.5, 1, 1.5, 2, 5, 10, 60],
  })
