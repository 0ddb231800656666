import type { QuestionType } from '@hourglass/questions/question'

/** Where the pages of quizzes and questions live. */
export const quizzesPath = '/teach/quizzes'
export const importPath = `${quizzesPath}/import`
export const questionsPath = '/teach/questions'

export type QuizPart = '' | 'publish' | 'versions' | 'editors' | 'export'
export const quizPath = (quizId: string, part: QuizPart = ''): string =>
  part === '' ? `${quizzesPath}/${quizId}` : `${quizzesPath}/${quizId}/${part}`

/** Where a new question goes once it is stored. */
export type Place = { quizId: string; sectionId: string }

export const questionPath = (questionId: string, fromQuizId?: string): string =>
  fromQuizId ? `${questionsPath}/${questionId}?quiz=${fromQuizId}` : `${questionsPath}/${questionId}`

export const newQuestionPath = (type?: QuestionType, place?: Place): string =>
  `${questionsPath}/new?${new URLSearchParams({
    ...(type && { type }),
    ...(place && { quiz: place.quizId, section: place.sectionId }),
  })}`

export const schedulePath = (digest: string): string => `/teach/exams/new?version=${digest}`

export const comparePath = (quizId: string, digest: string, against?: string): string =>
  `${quizPath(quizId, 'versions')}?${new URLSearchParams({ compare: digest, ...(against && { with: against }) })}`
