import { pageOf } from '@hourglass/kit/paging'
import { PaperQuestion } from '@hourglass/questions/paper'
import { Response } from '@hourglass/questions/response'
import { z } from 'zod'
import { OverduePolicy, Password } from '../exams/model'

const instant = z.iso.datetime()
const QuestionIds = z.array(z.string().min(1).max(40)).max(2_000)

export const ArrangedPaper = z.object({
  title: z.string(),
  introHtml: z.string(),
  sections: z.array(
    z.object({ id: z.string(), title: z.string(), introHtml: z.string(), questions: z.array(PaperQuestion) }),
  ),
})

export const StoredAnswer = z.object({
  questionId: z.string(),
  seq: z.int(),
  response: Response,
  storedAt: instant,
  isLate: z.boolean(),
})

/** The clock of an attempt: what a client needs to show the time that is left. */
export const AttemptTimes = z.object({
  serverTime: instant,
  /** `null`: without end. While `pausedAt` is set the clock stands still: what is left is `deadline − pausedAt`. */
  deadline: instant.nullable(),
  pausedAt: instant.nullable(),
})

export const Attempt = AttemptTimes.extend({
  attemptId: z.uuid(),
  examId: z.uuid(),
  title: z.string(),
  number: z.int(),
  state: z.enum(['open', 'sealed', 'abandoned']),
  /** Open, answers closed, may still be submitted until `submitUntil`. */
  isOverdue: z.boolean(),
  submitUntil: instant.nullable(),
  startedAt: instant,
  sealedAt: instant.nullable(),
  cause: z.enum(['submitted', 'deadline', 'teacher']).nullable(),
  snapshotDigest: z.string().nullable(),
  settings: z.object({
    layout: z.enum(['one', 'all']),
    certainty: z.boolean(),
    pasteAllowed: z.boolean(),
    overduePolicy: OverduePolicy,
    graceSeconds: z.int(),
    networkGraceSeconds: z.number(),
  }),
  /** `null` once it has ended: from then on the review decides what is shown. */
  paper: ArrangedPaper.nullable(),
  answers: z.array(StoredAnswer),
  flags: QuestionIds,
  /** The highest sequence number that the server knows; the next save takes a higher one. */
  lastSeq: z.int(),
  /** For `Authorization: Seat …`; `null` once it has ended. */
  seatToken: z.string().nullable(),
})
export type Attempt = z.infer<typeof Attempt>

export const NewAttempt = z.strictObject({ examId: z.uuid(), password: Password.optional() })
export type NewAttempt = z.infer<typeof NewAttempt>

export const SaveAnswer = z
  .strictObject({
    /** Made and kept by the client before it sends; the same again is the same answer again. */
    operationId: z.uuid(),
    seq: z.int().min(1).max(2_000_000_000),
    response: Response,
    /** When it was first sent, in server time as the client reckons it. */
    sentAt: instant.optional(),
  })
  .meta({
    example: {
      operationId: '0193a000-0000-7000-8000-00000000000a',
      seq: 1,
      response: { type: 'true-false', value: true },
    },
  })
export type SaveAnswer = z.infer<typeof SaveAnswer>

export const SavedAnswer = AttemptTimes.extend({
  seq: z.int(),
  storedAt: instant,
  receipt: z.string(),
  isLate: z.boolean(),
  /** A newer answer was there already: it stays, and is `stored`. */
  isStale: z.boolean(),
  stored: z.object({ seq: z.int(), response: Response, storedAt: instant }).optional(),
})
export type SavedAnswer = z.infer<typeof SavedAnswer>

export const Flags = z.strictObject({ questionIds: QuestionIds })

export const Seal = z.object({
  attemptId: z.uuid(),
  state: z.enum(['open', 'sealed', 'abandoned']),
  sealedAt: instant.nullable(),
  cause: z.enum(['submitted', 'deadline', 'teacher']).nullable(),
  snapshotDigest: z.string().nullable(),
  answeredCount: z.int(),
  questionCount: z.int(),
})
export type Seal = z.infer<typeof Seal>

export const Receipt = z.object({
  attemptId: z.uuid(),
  questionId: z.string(),
  seq: z.int(),
  answerHash: z.string(),
  storedAt: instant,
  receipt: z.string(),
})
export const Receipts = z.object({ attemptId: z.uuid(), items: z.array(Receipt) })

/** One line of the teacher's live list. */
export const AttemptLine = z.object({
  attemptId: z.uuid(),
  personId: z.uuid(),
  name: z.string(),
  number: z.int(),
  state: z.enum(['open', 'sealed', 'abandoned']),
  isOverdue: z.boolean(),
  pausedAt: instant.nullable(),
  startedAt: instant,
  deadline: instant.nullable(),
  sealedAt: instant.nullable(),
  cause: z.enum(['submitted', 'deadline', 'teacher']).nullable(),
  answeredCount: z.int(),
  questionCount: z.int(),
  lastSavedAt: instant.nullable(),
  lateCount: z.int(),
})
export const AttemptPage = pageOf(AttemptLine).extend({ serverTime: instant })

const reason = z.string().max(1_000).default('')
export const ControlOne = z.strictObject({ reason })
/** `attemptIds` absent: all open attempts of the exam. */
export const ControlMany = z.strictObject({ attemptIds: z.array(z.uuid()).max(1_000).optional(), reason })
export type ControlMany = z.infer<typeof ControlMany>
export const Controlled = z.object({
  items: z.array(z.object({ attemptId: z.uuid(), deadline: instant.nullable(), pausedAt: instant.nullable() })),
})
export type Controlled = z.infer<typeof Controlled>

export const Outage = z.strictObject({ from: instant, to: instant, reason })
export type Outage = z.infer<typeof Outage>
export const Compensated = z.object({
  items: z.array(z.object({ attemptId: z.uuid(), creditedSeconds: z.number(), deadline: instant.nullable() })),
  /** Attempts that the outage touched but that had ended: no time can be given back to them. */
  sealedCount: z.int(),
})

export const LateArrival = z.object({
  lateId: z.uuid(),
  attemptId: z.uuid(),
  personId: z.uuid(),
  name: z.string(),
  questionId: z.string(),
  /** From 1 among the questions that are asked, and the question itself, both as the student saw them. */
  number: z.int().nullable(),
  question: PaperQuestion.nullable(),
  seq: z.int(),
  response: Response,
  sentAt: instant.nullable(),
  receivedAt: instant,
  /** The end of the attempt, by whatever ended it. */
  endedAt: instant.nullable(),
  acceptedAt: instant.nullable(),
})
export const LatePage = pageOf(LateArrival)
