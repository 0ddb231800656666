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

// `Object.entries` widens the names of a constant object.
const speakers = Object.entries(topology) as [SpeakerName, Speaker][]

const hearers = new Map<string, SpeakerName[]>()
for (const [speaker, { hears }] of speakers) {
  for (const name of hears) hearers.set(name, [...(hearers.get(name) ?? []), speaker])
}

/** Who hears an event. */
export const hearersOf = (name: string): readonly SpeakerName[] => hearers.get(name) ?? []

/** Whether anybody hears an event: one that nobody does need not reach a queue. */
export const isHeard = (name: string): boolean => hearers.has(name)

/** The services whose events a service hears, and which. */
export function sourcesOf(listener: SpeakerName): { from: SpeakerName; names: EventName[] }[] {
  const { hears }: Speaker = topology[listener]
  const names = Object.keys(topology) as SpeakerName[]
  return names
    .map((from) => ({ from, names: hears.filter((name) => (topology[from] as Speaker).tells.includes(name)) }))
    .filter(({ names }) => names.length > 0)
}
