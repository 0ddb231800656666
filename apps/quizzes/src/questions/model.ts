import { pageOf } from '@hourglass/kit/paging'
import { KeyQuestion } from '@hourglass/questions/key'
import { PaperQuestion } from '@hourglass/questions/paper'
import { Question } from '@hourglass/questions/question'
import { z } from 'zod'
import { Author } from '../quizzes/model'

/** A question of somebody's bank. `question.id` is the id of the document. */
export const BankQuestion = z.object({
  id: z.uuid(),
  ownerId: z.string(),
  revision: z.int().positive(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  updatedBy: Author,
  question: Question,
})
export type BankQuestion = z.infer<typeof BankQuestion>

/** The `id` in a sent question is replaced by the document's. */
export const NewQuestion = z.strictObject({ question: Question })
export const QuestionChange = z.strictObject({ revision: z.int().positive(), question: Question })
export type QuestionChange = z.infer<typeof QuestionChange>

export const QuestionUse = z.object({ quizId: z.string(), title: z.string() })
export type QuestionUse = z.infer<typeof QuestionUse>

/** A question with the quizzes that hold it, as far as the asker may see them. */
export const UsedQuestion = BankQuestion.extend({ usedIn: z.array(QuestionUse) })
export type UsedQuestion = z.infer<typeof UsedQuestion>

export const QuestionPage = pageOf(BankQuestion)

export const TagCount = z.object({ tag: z.string(), count: z.int() })
export type TagCount = z.infer<typeof TagCount>

/** A question as the student sees it (`paper`) and as it is marked and reviewed (`key`), why it could not be published, and what cannot be shown. */
export const QuestionPreview = z.object({
  paper: PaperQuestion,
  key: KeyQuestion,
  faults: z.array(z.string()),
  /** Pictures and formulas that are left out or shown as they were written. */
  notes: z.array(z.string()),
})
export type QuestionPreview = z.infer<typeof QuestionPreview>
