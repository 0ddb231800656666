import type { EventName } from './contracts'

export type Speaker = { tells: readonly EventName[]; hears: readonly EventName[] }

/**
 * Who tells which event and who hears it: the one place from which the broker's queues and permissions follow. A service that
 * subscribes to anything else than what stands here is refused by the broker, and by a test before.
 */
export const topology = {
  students: {
    tells: ['person.changed', 'class.changed', 'accommodation.changed'],
    hears: ['attempt.started', 'attempt.sealed', 'attempt.abandoned'],
  },
  quizzes: { tells: ['quiz.published'], hears: [] },
  exams: {
    tells: [
      ...(['exam.scheduled', 'exam.changed'] as const),
      ...(['attempt.started', 'attempt.sealed', 'attempt.abandoned', 'attempt.close-moved'] as const),
    ],
    hears: ['person.changed', 'class.changed', 'accommodation.changed', 'quiz.published'],
  },
  grading: {
    tells: ['result.ready', 'result.released'],
    hears: [
      ...(['person.changed', 'class.changed', 'exam.scheduled', 'exam.changed'] as const),
      ...(['attempt.started', 'attempt.sealed', 'attempt.abandoned', 'attempt.close-moved'] as const),
    ],
  },
  notifier: {
    tells: [],
    hears: ['person.changed', 'class.changed', 'exam.scheduled', 'exam.changed', 'result.released'],
  },
} as const satisfies Record<string, Speaker>

export type SpeakerName = keyof typeof topology

const speakers: readonly Speaker[] = Object.values(topology)

/** Whether anybody hears an event: one that nobody does need not reach a queue. */
export const isHeard = (name: string): boolean => speakers.some(({ hears }) => hears.some((each) => each === name))

/** The services whose events a service hears, and which. */
export function sourcesOf(listener: SpeakerName): { from: SpeakerName; names: EventName[] }[] {
  const { hears }: Speaker = topology[listener]
  const names = Object.keys(topology) as SpeakerName[]
  return names
    .map((from) => ({ from, names: hears.filter((name) => (topology[from] as Speaker).tells.includes(name)) }))
    .filter(({ names }) => names.length > 0)
}
