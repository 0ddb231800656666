import { z } from 'zod'

const number = z.number().nullable()
const Interval = z.object({ low: z.number(), high: z.number() }).nullable()
const thirds = { count: z.int(), lower: z.int(), middle: z.int(), upper: z.int() }

/** Which attempts count: each student's first by default; the exam's other choices are labelled in `attempts`. */
export const AttemptChoice = z.enum(['first', 'last', 'highest', 'all'])
export type AttemptChoice = z.infer<typeof AttemptChoice>

export const Finding = z.object({
  kind: z.enum([
    'too-few',
    'unmarked',
    'not-first-attempts',
    'low-consistency',
    'too-easy',
    'too-hard',
    'negative-discrimination',
    'low-discrimination',
    'wrong-key',
    'unused-option',
    'often-unanswered',
  ]),
  severity: z.enum(['info', 'warning', 'serious']),
  questionId: z.string().nullable(),
  optionId: z.string().nullable(),
  /** The number that the finding rests on, such as a percentage; `null` where there is none. */
  value: number,
  message: z.string(),
})
export type Finding = z.infer<typeof Finding>

export const OptionStatistics = z.object({
  /** Id of the option, `true` or `false`; empty for no answer. */
  optionId: z.string(),
  html: z.string(),
  /** Percent of the question's marks that the option earns; `null` for no answer. */
  weight: z.string().nullable(),
  ...thirds,
})
export type OptionStatistics = z.infer<typeof OptionStatistics>

export const QuestionStatistics = z.object({
  questionId: z.string(),
  /** From 1, in the order of the paper. */
  number: z.int(),
  type: z.string(),
  html: z.string(),
  maxMarks: z.string(),
  /** Everybody earned its marks by a correction: its indices say nothing, and no finding rests on them. */
  hasFullCredit: z.boolean(),
  /** Marked attempts that had this question. */
  attempts: z.int(),
  unanswered: z.int(),
  /** 0 to 1. */
  facility: number,
  facilityInterval: Interval,
  standardDeviation: number,
  /** Percent, −100 to 100, like all that follow. */
  discriminationIndex: number,
  discriminationInterval: Interval,
  discriminativeEfficiency: number,
  effectiveWeight: number,
  /** For choices and true/false; empty for other types. */
  options: z.array(OptionStatistics),
  /** For short answers and numbers: the most frequent, ten at most. */
  answers: z.array(z.object({ text: z.string(), ...thirds })),
})
export type QuestionStatistics = z.infer<typeof QuestionStatistics>

export const Statistics = z.object({
  examId: z.uuid(),
  title: z.string(),
  /** Which attempts were counted. */
  attempts: AttemptChoice,
  /** Attempts that were counted. */
  size: z.int(),
  /** Sealed attempts that were left out because a person has yet to mark an answer. */
  unmarked: z.int(),
  /** Fewer than 30: discrimination and consistency say little. */
  isTooFew: z.boolean(),
  maxMarks: z.string(),
  totals: z.object({
    mean: number,
    median: number,
    standardDeviation: number,
    lowest: number,
    highest: number,
    skewness: number,
    kurtosis: number,
    /** Cronbach's α in percent. */
    internalConsistency: number,
    /** Percent. */
    errorRatio: number,
    /** Marks. */
    standardError: number,
  }),
  histogram: z.array(z.object({ from: z.number(), to: z.number(), count: z.int() })),
  questions: z.array(QuestionStatistics),
  findings: z.array(Finding),
})
export type Statistics = z.infer<typeof Statistics>
