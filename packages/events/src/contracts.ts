import { z } from 'zod'

const id = z.uuid()
const digest = z.string().regex(/^[0-9a-f]{64}$/)
const instant = z.iso.datetime()
const revision = z.int().positive()

/** What of a result a student may see, by phase. Before its phase none of it leaves `grading`. */
export const ReviewFields = z.object({
  response: z.boolean(),
  correctness: z.boolean(),
  marks: z.boolean(),
  feedback: z.boolean(),
  rightAnswer: z.boolean(),
})
export type ReviewFields = z.infer<typeof ReviewFields>

/** Moodle's phases: while an attempt of theirs is open, for two minutes after its seal, later while the exam is open, after its close. */
export const ReviewOptions = z.object({
  during: ReviewFields,
  justAfter: ReviewFields,
  whileOpen: ReviewFields,
  afterClose: ReviewFields,
})
export type ReviewOptions = z.infer<typeof ReviewOptions>

export const TimeFactor = z.enum(['1', '1.25', '1.5', '2', 'unlimited'])
export type TimeFactor = z.infer<typeof TimeFactor>

export const GradingMethod = z.enum(['highest', 'average', 'first', 'last'])
export type GradingMethod = z.infer<typeof GradingMethod>

const exam = z.object({
  examId: id,
  revision,
  title: z.string(),
  classId: id,
  ownerId: id,
  versionDigest: digest,
  paperDigest: digest,
  keyDigest: digest,
  opensAt: instant.nullable(),
  closesAt: instant.nullable(),
  limitSeconds: z.int().positive().nullable(),
  attemptsAllowed: z.int().positive().nullable(),
  gradingMethod: GradingMethod,
  certainty: z.boolean(),
  negativeMarks: z.boolean(),
  /** `manual`: when a teacher releases. `automatic`: each result as soon as it is complete. */
  release: z.enum(['manual', 'automatic']),
  reviewOptions: ReviewOptions,
  isCancelled: z.boolean(),
})

/**
 * Every event and its version. State-carrying events (`*.changed`) hold the whole of what others may know, and a revision:
 * a consumer applies one only if its revision is newer. Thin events name a body by digest; whoever needs it pulls it.
 * A field is only ever added, and then optional; anything else is a new version beside the old one.
 */
export const contracts = {
  'person.changed': {
    version: 1,
    data: z.object({
      personId: id,
      revision,
      role: z.enum(['student', 'teacher', 'admin']),
      name: z.string(),
      email: z.string(),
      isActive: z.boolean(),
    }),
  },
  'class.changed': {
    version: 1,
    data: z.object({
      classId: id,
      revision,
      name: z.string(),
      isArchived: z.boolean(),
      members: z.array(z.object({ personId: id, role: z.enum(['student', 'teacher']), groups: z.array(z.string()) })),
    }),
  },
  'accommodation.changed': {
    version: 1,
    data: z.object({ personId: id, revision, timeFactor: TimeFactor, extraMinutes: z.int().nonnegative() }),
  },
  'quiz.published': {
    version: 1,
    data: z.object({
      quizId: id,
      digest,
      paperDigest: digest,
      keyDigest: digest,
      title: z.string(),
      number: z.int().positive(),
      ownerId: id,
    }),
  },
  /** The first word of an exam; `exam.changed` tells whatever changes later. */
  'exam.scheduled': { version: 1, data: exam },
  'exam.changed': { version: 1, data: exam },
  'attempt.started': {
    version: 1,
    data: z.object({ attemptId: id, examId: id, personId: id, number: z.int().positive(), startedAt: instant }),
  },
  /** Ended without being submitted, under the policy that asks for it: there is nothing to mark. A teacher may still seal it. */
  'attempt.abandoned': {
    version: 1,
    data: z.object({ attemptId: id, examId: id, personId: id, number: z.int().positive(), abandonedAt: instant }),
  },
  'attempt.sealed': {
    version: 1,
    data: z.object({
      attemptId: id,
      examId: id,
      personId: id,
      number: z.int().positive(),
      snapshotDigest: digest,
      startedAt: instant,
      sealedAt: instant,
      /** The close that held for this student; `null` where the exam never closes. */
      closesAt: instant.nullable(),
      cause: z.enum(['submitted', 'deadline', 'teacher', 'late-accepted']),
    }),
  },
  /** The close that holds for a student moved after their attempt was sealed: the review waits for it. */
  'attempt.close-moved': {
    version: 1,
    data: z.object({
      attemptId: id,
      examId: id,
      personId: id,
      number: z.int().positive(),
      startedAt: instant,
      closesAt: instant.nullable(),
    }),
  },
  'result.ready': {
    version: 1,
    data: z.object({ attemptId: id, examId: id, personId: id, needsMarking: z.boolean() }),
  },
  'result.released': {
    version: 1,
    data: z.object({ attemptId: id, examId: id, personId: id, examTitle: z.string(), releasedAt: instant }),
  },
} as const

export type EventName = keyof typeof contracts
export type EventData<Name extends EventName> = z.infer<(typeof contracts)[Name]['data']>

/** An event as it travels: the envelope is the same for all, `data` is what the contract of `name` and `version` says. */
export const Envelope = z.object({
  id: z.uuid(),
  name: z.string(),
  version: z.int().positive(),
  occurredAt: instant,
  data: z.unknown(),
  /** Where it was told, as W3C Trace Context writes it; nothing but telemetry depends on it. */
  traceparent: z.string().max(256).nullish(),
})
export type Envelope = z.infer<typeof Envelope>

export type EventOf<Name extends EventName> = Omit<Envelope, 'name' | 'data'> & { name: Name; data: EventData<Name> }

/** Reads an envelope's data by its contract. Throws an Error that names the event and each fault, never the data. */
export function parseEvent<Name extends EventName>(name: Name, envelope: Envelope): EventOf<Name> {
  const contract = contracts[name]
  if (envelope.version !== contract.version) {
    throw new Error(`${name} ${envelope.id} has version ${envelope.version}; this program knows ${contract.version}`)
  }
  const parsed = contract.data.safeParse(envelope.data)
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`).join('; ')
    throw new Error(`${name} ${envelope.id} breaks its contract: ${faults}`)
  }
  // The contract of `name` has just read it; TypeScript cannot follow the index into the union.
  return { ...envelope, name, data: parsed.data as EventData<Name> }
}
