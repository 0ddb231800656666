import { GradingMethod, ReviewOptions } from '@hourglass/events/contracts'
import { pageOf } from '@hourglass/kit/paging'
import { Decimal, RichText } from '@hourglass/questions/question'
import { z } from 'zod'

export const Digest = z.string().regex(/^[0-9a-f]{64}$/, 'a digest: 64 hexadecimal digits')

/** Who changed a document last; the name is kept as it was then, so that it can be told without asking another service. */
export const Author = z.object({ personId: z.string(), name: z.string() })
export type Author = z.infer<typeof Author>

const marks = Decimal.refine((text) => Number(text) >= 0, 'not negative').nullable()

/** A place in a section. `maxMarks` overrides the question's own; for a draw it holds for each drawn question. */
export const QuizItem = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fixed'), questionId: z.uuid(), maxMarks: marks }),
  z.strictObject({
    kind: z.literal('draw'),
    tag: z.string().min(1).max(80),
    count: z.int().positive().max(500),
    maxMarks: marks,
  }),
])
export type QuizItem = z.infer<typeof QuizItem>

export const QuizSection = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9_-]{1,40}$/, 'letters, digits, - and _, 40 at most'),
  title: z.string().max(400),
  intro: RichText,
  shuffleQuestions: z.boolean(),
  items: z.array(QuizItem).max(10_000),
})
export type QuizSection = z.infer<typeof QuizSection>

/** What an exam of this quiz starts from; each exam may set its own. `null` is "no limit". */
export const QuizSettings = z.strictObject({
  limitSeconds: z.int().min(10).max(31_536_000).nullable(),
  attemptsAllowed: z.int().positive().max(1_000).nullable(),
  gradingMethod: GradingMethod,
  layout: z.enum(['one', 'all']),
  shuffleQuestions: z.boolean(),
  shuffleOptions: z.boolean(),
  certainty: z.boolean(),
  negativeMarks: z.boolean(),
  reviewOptions: ReviewOptions,
})
export type QuizSettings = z.infer<typeof QuizSettings>

const nothing = { response: false, correctness: false, marks: false, feedback: false, rightAnswer: false }
const everything = { response: true, correctness: true, marks: true, feedback: true, rightAnswer: true }

/** Cautious: until the exam has closed a student sees nothing but their own answers. */
export const defaultSettings: QuizSettings = {
  limitSeconds: null,
  attemptsAllowed: 1,
  gradingMethod: 'highest',
  layout: 'one',
  shuffleQuestions: false,
  shuffleOptions: false,
  certainty: false,
  negativeMarks: false,
  reviewOptions: {
    during: nothing,
    justAfter: { ...nothing, response: true },
    whileOpen: { ...nothing, response: true },
    afterClose: everything,
  },
}

const content = {
  title: z.string().trim().min(1).max(400),
  intro: RichText,
  sections: z.array(QuizSection).max(200),
  settings: QuizSettings,
}

/** A draft. `revision` grows by one with every save. */
export const Quiz = z.object({
  id: z.uuid(),
  ownerId: z.string(),
  /** Who else may read, change and publish it. */
  editorIds: z.array(z.string()),
  ...content,
  revision: z.int().positive(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  updatedBy: Author,
})
export type Quiz = z.infer<typeof Quiz>

/** What is left out is empty, and the settings are the cautious ones. */
export const NewQuiz = z.strictObject({
  title: content.title,
  intro: content.intro.optional(),
  sections: content.sections.optional(),
  settings: content.settings.optional(),
})
export type NewQuiz = z.infer<typeof NewQuiz>

/** The whole draft as its editor leaves it, and the revision that the editor saw. */
export const QuizChange = z.strictObject({
  revision: z.int().positive(),
  ...content,
  /** Left out: as before. Only the owner may change it. */
  editorIds: z.array(z.uuid()).max(50).optional(),
})
export type QuizChange = z.infer<typeof QuizChange>

export const LastPublished = z.object({ digest: Digest, number: z.int().positive(), publishedAt: z.iso.datetime() })

export const QuizSummary = Quiz.pick({
  id: true,
  title: true,
  ownerId: true,
  editorIds: true,
  revision: true,
  createdAt: true,
  updatedAt: true,
  updatedBy: true,
}).extend({
  sectionCount: z.int(),
  /** Places in the quiz: a draw counts as often as it draws. */
  questionCount: z.int(),
  versionCount: z.int(),
  lastPublished: LastPublished.nullable(),
})
export type QuizSummary = z.infer<typeof QuizSummary>
export const QuizPage = pageOf(QuizSummary)
