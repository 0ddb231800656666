/** The shapes of this service's API, for those who call it. */
export type { Image } from './images/model'
export type { Fault, Published } from './publishing/model'
export type { BankQuestion, QuestionPreview, QuestionUse, TagCount, UsedQuestion } from './questions/model'
export type {
  Author,
  NewQuiz,
  Quiz,
  QuizChange,
  QuizItem,
  QuizSection,
  QuizSettings,
  QuizSummary,
} from './quizzes/model'
export type { ExportFile, ImportedQuestion, ImportResult } from './transfer/model'
export type {
  Change,
  QuestionDifference,
  Standing,
  Version,
  VersionDifference,
  VersionSummary,
} from './versions/model'
export type { ChangeWord } from './versions/words'
