import { PageQuery, pageOf } from '@hourglass/kit/paging'
import { Response } from '@hourglass/questions/response'
import { z } from 'zod'
import { GivenMark, PersonName } from '../marks/model'
import { CorrectionNote } from '../regrades/correction'
import { QuestionView, RightAnswer } from '../review/model'

const instant = z.iso.datetime()
const QuestionState = z.enum(['correct', 'partial', 'wrong', 'unanswered', 'needs-marking', 'not-marked'])

/** `sealed`: not marked yet. `needs-marking`: a person must read an answer. `complete`: marked, not out. `released`: out. */
export const ResultState = z.enum(['open', 'sealed', 'needs-marking', 'complete', 'released'])
export type ResultState = z.infer<typeof ResultState>

const attemptFields = {
  attemptId: z.uuid(),
  person: PersonName,
  number: z.int(),
  state: ResultState,
  cause: z.enum(['submitted', 'deadline', 'teacher', 'late-accepted']).nullable(),
  /** What is marked so far; `null` before the first marking. */
  marks: z.string().nullable(),
  maxMarks: z.string().nullable(),
  percent: z.string().nullable(),
  startedAt: instant,
  sealedAt: instant.nullable(),
  durationSeconds: z.int().nullable(),
}

export const ResultRow = z.object({
  ...attemptFields,
  questions: z.array(
    z.object({ questionId: z.string(), marks: z.string().nullable(), maxMarks: z.string(), state: QuestionState }),
  ),
})
export type ResultRow = z.infer<typeof ResultRow>

export const ResultSort = z.enum(['name', 'marks', 'submitted', 'duration', 'state'])
export type ResultSort = z.infer<typeof ResultSort>

export const ResultsQuery = PageQuery.extend({
  examId: z.uuid(),
  sort: ResultSort.default('name'),
  order: z.enum(['asc', 'desc']).default('asc'),
})
export type ResultsQuery = z.infer<typeof ResultsQuery>

export const ExamSummary = z.object({
  examId: z.uuid(),
  title: z.string(),
  gradingMethod: z.enum(['highest', 'average', 'first', 'last']),
  /** The columns of the table, in the order of the paper. */
  questions: z.array(
    z.object({ questionId: z.string(), number: z.int(), type: z.string(), html: z.string(), maxMarks: z.string() }),
  ),
  /** Attempts by state. */
  counts: z.object({ open: z.int(), sealed: z.int(), needsMarking: z.int(), complete: z.int(), released: z.int() }),
})
export type ExamSummary = z.infer<typeof ExamSummary>

export const ResultsPage = pageOf(ResultRow).extend({ exam: ExamSummary })
export type ResultsPage = z.infer<typeof ResultsPage>

/** One attempt question by question, for those who mark: nothing is held back. */
export const ResultDetail = z.object({
  ...attemptFields,
  examId: z.uuid(),
  examTitle: z.string(),
  questions: z.array(
    QuestionView.extend({
      response: Response.nullable(),
      state: QuestionState,
      marks: z.string().nullable(),
      maxMarks: z.string(),
      isManual: z.boolean(),
      feedbackHtml: z.array(z.string()),
      explanationHtml: z.string(),
      markingNotesHtml: z.string(),
      rightAnswer: RightAnswer.nullable(),
      /** What was corrected after the exam, in the order in which it holds. */
      corrections: z.array(CorrectionNote),
      /** For the next mark: 0 before the first. */
      revision: z.int(),
      responseDigest: z.string(),
      /** Every mark that a person gave, oldest first. */
      given: z.array(GivenMark),
    }),
  ),
})
export type ResultDetail = z.infer<typeof ResultDetail>

/** A student's own attempt. Marks are there only when the review options allow them now and they are released. */
export const MyResult = z.object({
  attemptId: z.uuid(),
  examId: z.uuid(),
  examTitle: z.string(),
  number: z.int(),
  state: z.enum(['open', 'waiting', 'released']),
  startedAt: instant,
  sealedAt: instant.nullable(),
  /** Whether the review shows anything now. */
  canReview: z.boolean(),
  marks: z.string().optional(),
  maxMarks: z.string().optional(),
  percent: z.string().nullable().optional(),
})
export type MyResult = z.infer<typeof MyResult>

export const GradebookQuery = z.object({
  examId: z.uuid().optional(),
  classId: z.uuid().optional(),
  format: z.enum(['json', 'csv']).optional(),
})
export type GradebookQuery = z.infer<typeof GradebookQuery>

export const Gradebook = z.object({
  exams: z.array(
    z.object({ examId: z.uuid(), title: z.string(), gradingMethod: z.string(), maxMarks: z.string().nullable() }),
  ),
  students: z.array(
    z.object({
      personId: z.uuid(),
      name: z.string(),
      email: z.string(),
      /** One for each of `exams`, in their order. */
      results: z.array(
        z.object({
          examId: z.uuid(),
          attempts: z.int(),
          marks: z.string().nullable(),
          maxMarks: z.string().nullable(),
          percent: z.string().nullable(),
          /** False while an attempt that could still change it is open or unmarked. */
          isFinal: z.boolean(),
        }),
      ),
    }),
  ),
})
export type Gradebook = z.infer<typeof Gradebook>
