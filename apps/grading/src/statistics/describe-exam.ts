import type { KeyQuestion } from '@hourglass/questions/key'
import type { Paper, PaperQuestion } from '@hourglass/questions/paper'
import type { Response } from '@hourglass/questions/response'
import { isEmptyResponse, sumMarks } from '@hourglass/scoring'
import type { CorrectedKey } from '../regrades/correct-key'
import { fewAttempts, findWhatMatters } from './findings'
import { binTotals } from './histogram'
import { correlationInterval, wilsonInterval } from './intervals'
import type { AttemptChoice, OptionStatistics, QuestionStatistics, Statistics } from './model'
import { countOptions, countTexts, type GivenAnswer, rankThirds } from './options'
import { describeQuestion, effectiveWeights } from './question-statistics'
import { total, toUnits, type Units } from './sample'
import { describeConsistency, describeTotals } from './total-statistics'

/** A wholly marked attempt: marks by question id (descriptions left out) and the answers behind them. */
export type MarkedAttempt = {
  attemptId: string
  marks: ReadonlyMap<string, string>
  maxMarks: string
  responses: ReadonlyMap<string, Response>
}
export type ExamSample = {
  examId: string
  title: string
  choice: AttemptChoice
  unmarked: number
  paper: Paper
  key: CorrectedKey
  attempts: readonly MarkedAttempt[]
}
type Ranked = MarkedAttempt & { units: ReadonlyMap<string, Units>; total: Units; third: GivenAnswer['third'] }

/** Everything that an exam's marked attempts say of its questions. Pure; the order of the attempts plays no part. */
export function describeExam({ examId, title, choice, unmarked, paper, key, attempts }: ExamSample): Statistics {
  const ranked = rank(attempts)
  const totals = ranked.map((attempt) => attempt.total)
  const keyOf = new Map(key.questions.map((question) => [question.id, question]))
  const asked = paper.questions.filter(({ type }) => type !== 'description')
  const had = asked.map((question) => ranked.filter(({ units }) => units.has(question.id)))
  const samples = asked.map((question, index) => toSample(question, had[index] ?? []))
  const weights = effectiveWeights(samples)
  const questions = asked.flatMap((question, index) => {
    const [sample, keyQuestion] = [samples[index], keyOf.get(question.id)]
    if (!sample || !keyQuestion || sample.marks.length === 0) return []
    const hasFullCredit = key.treatments.get(question.id) === 'full-credit'
    const place = { number: index + 1, effectiveWeight: weights[index] ?? null, hasFullCredit }
    return [{ ...place, ...toStatistics(question, keyQuestion, had[index] ?? [], sample) }]
  })
  // α compares the questions of one and the same test: with drawn questions there is no such test.
  const isOneTest = samples.every(({ marks }) => marks.length === ranked.length || marks.length === 0)
  const shared = samples.filter(({ marks }) => marks.length > 0).map(({ marks }) => marks)
  const maxMarks = attempts.map((attempt) => attempt.maxMarks).toSorted((a, b) => Number(b) - Number(a))[0]
  const whole = maxMarks ?? sumMarks(asked.map((question) => question.maxMarks))
  const { attempts: size, ...numbers } = describeTotals(totals)
  const statistics = {
    ...{ examId, title, attempts: choice, size, unmarked, isTooFew: size < fewAttempts, maxMarks: whole, questions },
    totals: { ...numbers, ...describeConsistency(isOneTest ? shared : [], totals) },
    histogram: binTotals(totals, toUnits(whole)),
  }
  return { ...statistics, findings: findWhatMatters(statistics) }
}

function rank(attempts: readonly MarkedAttempt[]): Ranked[] {
  const withTotals = attempts.map((attempt) => {
    const units = new Map([...attempt.marks].map(([questionId, marks]) => [questionId, toUnits(marks)]))
    return { ...attempt, units, total: total([...units.values()]) }
  })
  const thirds = rankThirds(withTotals)
  const ranked = withTotals.map((attempt) => ({ ...attempt, third: thirds.get(attempt.attemptId) ?? 'middle' }))
  return ranked.toSorted((a, b) => (a.attemptId < b.attemptId ? -1 : 1))
}

const toSample = ({ id, maxMarks }: PaperQuestion, attempts: readonly Ranked[]) => ({
  maxMarks: toUnits(maxMarks),
  marks: attempts.map(({ units }) => units.get(id) ?? 0n),
  totals: attempts.map((attempt) => attempt.total),
})

function toStatistics(
  question: PaperQuestion,
  key: KeyQuestion,
  attempts: readonly Ranked[],
  sample: ReturnType<typeof toSample>,
): Omit<QuestionStatistics, 'number' | 'effectiveWeight' | 'hasFullCredit'> {
  const numbers = describeQuestion(sample)
  const { id: questionId, type, html, maxMarks } = question
  const given = attempts.map(({ responses, third }) => ({ response: responses.get(questionId) ?? null, third }))
  return {
    ...{ questionId, type, html, maxMarks, attempts: attempts.length },
    unanswered: given.filter(({ response }) => !response || isEmptyResponse(response)).length,
    ...numbers,
    facilityInterval: wilsonInterval(numbers.facility, attempts.length),
    discriminationInterval: correlationInterval(numbers.discriminationIndex, attempts.length),
    options: describeOptions(question, key, given),
    answers: countTexts(given),
  }
}

function describeOptions(question: PaperQuestion, key: KeyQuestion, given: readonly GivenAnswer[]): OptionStatistics[] {
  const known = optionsOf(question, key)
  if (known.length === 0) return []
  const optionOf = new Map(known.map((option) => [option.id, option]))
  return countOptions(
    given,
    known.map(({ id }) => id),
  ).map((count) => {
    const option = optionOf.get(count.optionId)
    return { ...count, html: option?.html ?? '', weight: option?.weight ?? null }
  })
}

function optionsOf(question: PaperQuestion, key: KeyQuestion): { id: string; html: string; weight: string }[] {
  if (question.type === 'true-false' && key.type === 'true-false') {
    return [true, false].map((value) => ({ id: String(value), html: '', weight: value === key.answer ? '100' : '0' }))
  }
  const isChoice = question.type === 'single-choice' || question.type === 'multiple-choice'
  if (!isChoice || (key.type !== 'single-choice' && key.type !== 'multiple-choice')) return []
  const weightOf = new Map(key.choices.map(({ id, weight }) => [id, weight]))
  return question.choices.map(({ id, html }) => ({ id, html, weight: weightOf.get(id) ?? '0' }))
}
