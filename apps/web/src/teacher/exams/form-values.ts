import type { Exam, ExamChange, NewExam } from '@hourglass/exams/model'
import type { QuizSettings } from '@hourglass/quizzes/model'

export type ReviewOptions = Exam['reviewOptions']

/** What the form holds: numbers as they are typed, so that nothing a person writes is lost while it is not valid yet. */
export type FormValues = {
  title: string
  quizId: string | null
  versionDigest: string | null
  classId: string | null
  opensAt: string | null
  closesAt: string | null
  limitMinutes: string
  attemptsAllowed: string
  /** With an edited exam: `keep` leaves the password that nobody can read back. */
  passwordChoice: 'none' | 'keep' | 'set'
  password: string
  overduePolicy: Exam['overduePolicy']
  graceMinutes: string
  shuffleQuestions: boolean
  shuffleOptions: boolean
  layout: Exam['layout']
  certainty: boolean
  negativeMarks: boolean
  pasteAllowed: boolean
  gradingMethod: Exam['gradingMethod']
  release: Exam['release']
  reviewOptions: ReviewOptions
}

const nothing = { response: false, correctness: false, marks: false, feedback: false, rightAnswer: false }
const everything = { response: true, correctness: true, marks: true, feedback: true, rightAnswer: true }

export const emptyValues = (): FormValues => ({
  title: '',
  quizId: null,
  versionDigest: null,
  classId: null,
  opensAt: null,
  closesAt: null,
  limitMinutes: '',
  attemptsAllowed: '1',
  passwordChoice: 'none',
  password: '',
  overduePolicy: 'auto-submit',
  graceMinutes: '5',
  shuffleQuestions: false,
  shuffleOptions: true,
  layout: 'one',
  certainty: false,
  negativeMarks: false,
  pasteAllowed: true,
  gradingMethod: 'highest',
  release: 'manual',
  reviewOptions: {
    during: { ...nothing },
    justAfter: { ...nothing },
    whileOpen: { ...nothing },
    afterClose: { ...everything },
  },
})

/** What the quiz's author set for every exam of it. */
export const fromQuizSettings = (settings: QuizSettings): Partial<FormValues> => ({
  limitMinutes: toMinutes(settings.limitSeconds),
  attemptsAllowed: settings.attemptsAllowed === null ? '' : String(settings.attemptsAllowed),
  gradingMethod: settings.gradingMethod,
  layout: settings.layout,
  shuffleQuestions: settings.shuffleQuestions,
  shuffleOptions: settings.shuffleOptions,
  certainty: settings.certainty,
  negativeMarks: settings.negativeMarks,
  reviewOptions: settings.reviewOptions,
})

/** Of `next`, what may be filled in: fields that are still as they were `suggested`. What somebody has changed stays theirs. */
export function notChanged(values: FormValues, suggested: FormValues, next: FormValues): Partial<FormValues> {
  const names = Object.keys(next) as (keyof FormValues)[]
  const free = names.filter((name) => JSON.stringify(values[name]) === JSON.stringify(suggested[name]))
  return Object.fromEntries(free.map((name) => [name, structuredClone(next[name])]))
}

export const fromExam = (exam: Exam): FormValues => ({
  title: exam.title,
  quizId: null,
  versionDigest: exam.versionDigest,
  classId: exam.classId,
  opensAt: exam.opensAt,
  closesAt: exam.closesAt,
  limitMinutes: toMinutes(exam.limitSeconds),
  attemptsAllowed: exam.attemptsAllowed === null ? '' : String(exam.attemptsAllowed),
  passwordChoice: exam.hasPassword ? 'keep' : 'none',
  password: '',
  overduePolicy: exam.overduePolicy,
  graceMinutes: exam.overduePolicy === 'grace-period' ? toMinutes(exam.graceSeconds) : '5',
  shuffleQuestions: exam.shuffleQuestions,
  shuffleOptions: exam.shuffleOptions,
  layout: exam.layout,
  certainty: exam.certainty,
  negativeMarks: exam.negativeMarks,
  pasteAllowed: exam.pasteAllowed,
  gradingMethod: exam.gradingMethod,
  release: exam.release,
  reviewOptions: exam.reviewOptions,
})

/** Seconds as minutes, with as many places as they need: 90 → "1.5"; `null` → "". */
export const toMinutes = (seconds: number | null): string =>
  seconds === null ? '' : String(Number((seconds / 60).toFixed(4)))

/** Empty is no limit (`null`); what is no positive number of minutes is `undefined`. */
export function parseMinutes(text: string): number | null | undefined {
  if (text.trim() === '') return null
  const minutes = Number(text.trim().replace(',', '.'))
  const seconds = Math.round(minutes * 60)
  return Number.isFinite(minutes) && seconds >= 1 && seconds <= 366 * 24 * 3_600 ? seconds : undefined
}

/** Empty is any number (`null`); what is no whole number from 1 to 100 is `undefined`. */
export function parseAttempts(text: string): number | null | undefined {
  if (text.trim() === '') return null
  const count = Number(text.trim())
  return Number.isInteger(count) && count >= 1 && count <= 100 ? count : undefined
}

export type FormFault = 'version' | 'class' | 'title' | 'window' | 'limit' | 'attempts' | 'password' | 'grace'

/** What must be mended before it can be sent. */
export function findFaults(values: FormValues, isNew: boolean): Set<FormFault> {
  const faults = new Set<FormFault>()
  if (isNew && values.versionDigest === null) faults.add('version')
  if (isNew && values.classId === null) faults.add('class')
  if (values.title.trim() === '') faults.add('title')
  if (values.opensAt && values.closesAt && values.closesAt <= values.opensAt) faults.add('window')
  if (parseMinutes(values.limitMinutes) === undefined) faults.add('limit')
  if (parseAttempts(values.attemptsAllowed) === undefined) faults.add('attempts')
  if (values.passwordChoice === 'set' && values.password === '') faults.add('password')
  if (values.overduePolicy === 'grace-period' && !parseMinutes(values.graceMinutes)) faults.add('grace')
  return faults
}

type Settings = Omit<ExamChange, 'revision' | 'password'>

/** The settings of faultless values, as the server takes them. */
function toSettings(values: FormValues): Required<Omit<Settings, 'versionDigest'>> {
  return {
    title: values.title.trim(),
    opensAt: values.opensAt,
    closesAt: values.closesAt,
    limitSeconds: parseMinutes(values.limitMinutes) ?? null,
    attemptsAllowed: parseAttempts(values.attemptsAllowed) ?? null,
    overduePolicy: values.overduePolicy,
    graceSeconds: values.overduePolicy === 'grace-period' ? (parseMinutes(values.graceMinutes) ?? 0) : 0,
    shuffleQuestions: values.shuffleQuestions,
    shuffleOptions: values.shuffleOptions,
    layout: values.layout,
    certainty: values.certainty,
    negativeMarks: values.negativeMarks,
    pasteAllowed: values.pasteAllowed,
    gradingMethod: values.gradingMethod,
    release: values.release,
    reviewOptions: values.reviewOptions,
  }
}

export function toNewExam(values: FormValues): NewExam {
  const password = values.passwordChoice === 'set' ? values.password : null
  return { ...toSettings(values), versionDigest: values.versionDigest ?? '', classId: values.classId ?? '', password }
}

/** Only what differs from the exam as it was read; `null` when nothing does. */
export function toExamChange(values: FormValues, before: Exam): ExamChange | null {
  const settings = { ...toSettings(values), versionDigest: values.versionDigest ?? before.versionDigest }
  const changed = Object.entries(settings).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof Exam]), // settings are fields of Exam
  )
  const password =
    values.passwordChoice === 'set'
      ? { password: values.password }
      : values.passwordChoice === 'none' && before.hasPassword
        ? { password: null }
        : {}
  if (changed.length === 0 && !('password' in password)) return null
  return { ...Object.fromEntries(changed), ...password, revision: before.revision }
}
