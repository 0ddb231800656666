import { type SpeakerName, sourcesOf, topology } from '@hourglass/events/topology'
import { serviceNames } from '@hourglass/gateway/routing'

/** Who calls whom or tells whom, as Tempo's service graph writes it: `exams → grading`. */
const arrow = (from: string, to: string): string => `${from} → ${to}`

// `Object.keys` widens the names of a constant object.
const speakers = Object.keys(topology) as SpeakerName[]

/** From who tells an event to who hears it. */
const byEvents = speakers.flatMap((hearer) => sourcesOf(hearer).map(({ from }) => arrow(from, hearer)))

const fromOutside = [arrow('user', 'gateway'), arrow('web', 'gateway')]
const byDoor = serviceNames.map((service) => arrow('gateway', service))

/** What a service pulls from another by digest: papers and keys, and the snapshots of sealed attempts. */
const byDigest = [arrow('exams', 'quizzes'), arrow('grading', 'quizzes'), arrow('grading', 'exams')]

const toStores = [
  ...['students', 'exams', 'grading', 'notifier'].map((service) => arrow(service, 'postgresql')),
  arrow('quizzes', 'mongodb'),
  ...['gateway', 'exams'].map((service) => arrow(service, 'redis')),
]

/**
 * Every arrow of the design that an exam, from the quiz to the mail, draws. One of the design is not there: a mail server sends no
 * spans, and the stack has a mailbox in its place.
 */
export const arrows = [...new Set([...fromOutside, ...byDoor, ...byEvents, ...byDigest, ...toStores])].sort()

/**
 * Those of the design that a sitting may draw and need not: each hearer looks, every ten seconds, through what others told. Such a turn of a
 * job has found nothing, and its trace is kept only if it was slow or failed.
 */
export const arrowsOfSlowTurns = speakers.flatMap((hearer) => sourcesOf(hearer).map(({ from }) => arrow(hearer, from)))
