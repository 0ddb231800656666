/** Where the pages of exams and results live. */
export const examsPath = '/teach/exams'
export const markingPath = '/teach/marking'
export const newExamPath = (versionDigest?: string): string =>
  versionDigest ? `${examsPath}/new?version=${versionDigest}` : `${examsPath}/new`
export const gradebookPath = (classId: string): string => `/teach/classes/${classId}/gradebook`

export type ExamSection =
  | ''
  | 'edit'
  | 'times'
  | 'live'
  | 'late'
  | 'audit'
  | 'results'
  | 'marking'
  | 'statistics'
  | 'corrections'
export const examPath = (examId: string, section: ExamSection = ''): string =>
  section === '' ? `${examsPath}/${examId}` : `${examsPath}/${examId}/${section}`
export const correctPath = (examId: string, questionId: string): string =>
  `${examPath(examId, 'corrections')}/${questionId}`
export const resultPath = (examId: string, attemptId: string): string => `${examPath(examId, 'results')}/${attemptId}`
