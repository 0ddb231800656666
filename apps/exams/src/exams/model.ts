import { GradingMethod, ReviewOptions, TimeFactor } from '@hourglass/events/contracts'
import { pageOf } from '@hourglass/kit/paging'
import { z } from 'zod'

const instant = z.iso.datetime()
const digest = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 digest in lower-case hex')
const longestSeconds = 366 * 24 * 3_600

export const LimitSeconds = z.int().min(1).max(longestSeconds)
export const AttemptsAllowed = z.int().min(1).max(100)
export const Password = z.string().min(1).max(200)
export const OverduePolicy = z.enum(['auto-submit', 'grace-period', 'auto-abandon'])

const settings = {
  title: z.string().trim().min(1).max(400),
  versionDigest: digest,
  /** `null`: open from the start. */
  opensAt: instant.nullable(),
  /** `null`: never closes. */
  closesAt: instant.nullable(),
  limitSeconds: LimitSeconds.nullable(),
  attemptsAllowed: AttemptsAllowed.nullable(),
  overduePolicy: OverduePolicy,
  /** With `grace-period`: how long after the end one may still submit. */
  graceSeconds: z
    .int()
    .min(0)
    .max(7 * 24 * 3_600),
  shuffleQuestions: z.boolean(),
  shuffleOptions: z.boolean(),
  layout: z.enum(['one', 'all']),
  certainty: z.boolean(),
  negativeMarks: z.boolean(),
  gradingMethod: GradingMethod,
  release: z.enum(['manual', 'automatic']),
  reviewOptions: ReviewOptions,
  pasteAllowed: z.boolean(),
}

const nothing = { response: false, correctness: false, marks: false, feedback: false, rightAnswer: false }
const everything = { response: true, correctness: true, marks: true, feedback: true, rightAnswer: true }
export const defaultReviewOptions: ReviewOptions = {
  during: nothing,
  justAfter: nothing,
  whileOpen: nothing,
  afterClose: everything,
}

export const NewExam = z
  .strictObject({
    ...settings,
    classId: z.uuid(),
    password: Password.nullable().default(null),
    title: settings.title.optional(),
    opensAt: settings.opensAt.default(null),
    closesAt: settings.closesAt.default(null),
    limitSeconds: settings.limitSeconds.default(null),
    attemptsAllowed: settings.attemptsAllowed.default(1),
    overduePolicy: settings.overduePolicy.default('auto-submit'),
    graceSeconds: settings.graceSeconds.default(0),
    shuffleQuestions: settings.shuffleQuestions.default(false),
    shuffleOptions: settings.shuffleOptions.default(true),
    layout: settings.layout.default('one'),
    certainty: settings.certainty.default(false),
    negativeMarks: settings.negativeMarks.default(false),
    gradingMethod: settings.gradingMethod.default('highest'),
    release: settings.release.default('manual'),
    reviewOptions: settings.reviewOptions.default(defaultReviewOptions),
    pasteAllowed: settings.pasteAllowed.default(true),
  })
  .meta({
    example: {
      versionDigest: 'ab'.repeat(32),
      classId: '0193a000-0000-7000-8000-000000000001',
      opensAt: '2026-12-01T09:00:00.000Z',
      closesAt: '2026-12-01T11:00:00.000Z',
      limitSeconds: 3600,
    },
  })
export type NewExam = z.infer<typeof NewExam>

/** What is absent stays. `revision` is the one that the change was made to; `password: null` removes it. */
export const ExamChange = z.strictObject({
  ...z.strictObject(settings).partial().shape,
  password: Password.nullable().optional(),
  revision: z.int().positive(),
})
export type ExamChange = z.infer<typeof ExamChange>

export const Exam = z.object({
  examId: z.uuid(),
  revision: z.int(),
  ...settings,
  classId: z.uuid(),
  className: z.string().nullable(),
  ownerId: z.uuid(),
  paperDigest: z.string(),
  keyDigest: z.string(),
  hasPassword: z.boolean(),
  isCancelled: z.boolean(),
  createdAt: instant,
  updatedAt: instant,
  serverTime: instant,
})
export type Exam = z.infer<typeof Exam>
export const ExamPage = pageOf(Exam)

const Because = {
  rule: z.enum(['exam', 'own-override', 'group-override']),
  group: z.string().nullable(),
  accommodation: z.object({ timeFactor: TimeFactor, extraMinutes: z.int() }).nullable(),
  why: z.string(),
}
/** What holds for one student: each value with the rule that won and the reason in words. */
export const AccessView = z.object({
  opensAt: z.object({ value: instant.nullable(), ...Because }),
  /** `from`: before the accommodation. */
  closesAt: z.object({ value: instant.nullable(), from: instant.nullable(), ...Because }),
  limitSeconds: z.object({ value: z.int().nullable(), from: z.int().nullable(), ...Because }),
  attemptsAllowed: z.object({ value: z.int().nullable(), ...Because }),
  needsPassword: z.object({ value: z.boolean(), ...Because }),
})
export type AccessView = z.infer<typeof AccessView>

export const StudentTimes = z.object({
  personId: z.uuid(),
  name: z.string(),
  groups: z.array(z.string()),
  access: AccessView,
})
export const TimesPage = pageOf(StudentTimes)

export const MyExam = z.object({
  examId: z.uuid(),
  title: z.string(),
  className: z.string().nullable(),
  /** `running`: there is an open attempt to go on with. `done`: no attempt is left. */
  state: z.enum(['upcoming', 'open', 'running', 'closed', 'done']),
  access: AccessView,
  attemptsUsed: z.int(),
  openAttemptId: z.uuid().nullable(),
  attempts: z.array(
    z.object({
      attemptId: z.uuid(),
      number: z.int(),
      state: z.enum(['open', 'sealed', 'abandoned']),
      startedAt: instant,
      deadline: instant.nullable(),
      sealedAt: instant.nullable(),
    }),
  ),
  questionCount: z.int(),
  overduePolicy: OverduePolicy,
  graceSeconds: z.int(),
  layout: z.enum(['one', 'all']),
  certainty: z.boolean(),
  negativeMarks: z.boolean(),
  pasteAllowed: z.boolean(),
  reviewOptions: ReviewOptions,
  serverTime: instant,
})
export type MyExam = z.infer<typeof MyExam>
export const MyExamPage = pageOf(MyExam)
