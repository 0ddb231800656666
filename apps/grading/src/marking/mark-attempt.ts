import { digestOf } from '@hourglass/questions/canonical'
import type { KeyQuestion } from '@hourglass/questions/key'
import type { Response } from '@hourglass/questions/response'
import { isEmptyResponse, type ScoreState, scoreQuestion, sumMarks } from '@hourglass/scoring'
import { applyCertainty } from '@hourglass/scoring/certainty'
import { compare, multiply, parseDecimal, toDecimal, zero } from '@hourglass/scoring/rational'
import type { CorrectedKey, Treatment } from '../regrades/correct-key'
import { responsesOf, type Snapshot } from './snapshot'

export type MarkingRules = { certainty: boolean; negativeMarks: boolean }
/** The newest mark that a person gave to a question; it holds only for the answer that they read. */
export type GivenMark = { marks: string; responseDigest: string }

export type QuestionMark = {
  questionId: string
  position: number
  type: KeyQuestion['type']
  state: ScoreState
  marks: string | null
  maxMarks: string
  isManual: boolean
  feedbackHtml: string[]
  responseDigest: string
}
export type AttemptMarks = { questions: QuestionMark[]; marks: string; maxMarks: string; needsMarking: boolean }

/**
 * Marks a sealed attempt. Pure: the same snapshot, key, rules and given marks make the same bytes anywhere. A person's mark
 * replaces the key's while the answer is the one that they read. Throws when a question of the snapshot has no key.
 */
export async function markAttempt(
  key: CorrectedKey,
  snapshot: Snapshot,
  rules: MarkingRules,
  given: ReadonlyMap<string, GivenMark>,
): Promise<AttemptMarks> {
  const keyOf = new Map(key.questions.map((question) => [question.id, question]))
  const responseOf = responsesOf(snapshot)
  const questions = await Promise.all(
    snapshot.questionIds.map(async (questionId, index): Promise<QuestionMark> => {
      const question = keyOf.get(questionId)
      if (!question) throw new Error(`attempt ${snapshot.attemptId}: the key has no question ${questionId}`)
      const answer = { response: responseOf.get(questionId) ?? null, given: given.get(questionId) }
      const mark = await markQuestion(question, key.treatments.get(questionId), answer, rules)
      return { questionId, position: index + 1, ...mark }
    }),
  )
  return {
    questions,
    marks: sumMarks(questions.map(({ marks }) => marks)),
    maxMarks: sumMarks(questions.map(({ type, maxMarks }) => (type === 'description' ? null : maxMarks))),
    needsMarking: questions.some(({ state }) => state === 'needs-marking'),
  }
}

/** Marks one answer. A question that was dropped counts for nothing; one with full credit earns its marks whatever was answered. */
export async function markQuestion(
  question: KeyQuestion,
  treatment: Treatment | undefined,
  answer: { response: Response | null; given: GivenMark | undefined },
  rules: MarkingRules,
): Promise<Omit<QuestionMark, 'questionId' | 'position'>> {
  const { response, given } = answer
  const { maxMarks, type } = question
  const responseDigest = await digestOf(response)
  const place = { type, maxMarks, responseDigest, isManual: false, feedbackHtml: [] }
  if (treatment === 'drop') return { ...place, maxMarks: '0', state: 'not-marked', marks: null }
  if (treatment === 'full-credit') return { ...place, state: 'correct', marks: toDecimal(parseDecimal(maxMarks), 5) }
  const own = markByKey(question, response, rules)
  if (given?.responseDigest !== responseDigest) return { ...place, ...own }
  return { ...place, ...own, marks: given.marks, state: stateOf(given.marks, maxMarks), isManual: true }
}

type OwnMark = Pick<QuestionMark, 'state' | 'marks' | 'feedbackHtml'>

function markByKey(question: KeyQuestion, response: Response | null, rules: MarkingRules): OwnMark {
  // An answer of another type than its question cannot be marked by the key; a person decides instead of a silent 0.
  if (response && question.type !== 'description' && response.type !== question.type && !isEmptyResponse(response)) {
    return { state: 'needs-marking', marks: null, feedbackHtml: [] }
  }
  const score = scoreQuestion(question, response && isEmptyResponse(response) ? null : response, rules)
  const { state, marks, feedbackHtml } = score
  const isAnswered = score.state === 'correct' || score.state === 'partial' || score.state === 'wrong'
  if (!rules.certainty || !isAnswered || score.fraction === null) return { state, marks, feedbackHtml }
  const certainty = response && 'certainty' in response ? response.certainty : undefined
  const fraction = applyCertainty(score.fraction, certainty)
  return { state, feedbackHtml, marks: toDecimal(multiply(parseDecimal(fraction), parseDecimal(question.maxMarks)), 5) }
}

function stateOf(marks: string, maxMarks: string): ScoreState {
  if (compare(parseDecimal(marks), parseDecimal(maxMarks)) >= 0) return 'correct'
  return compare(parseDecimal(marks), zero) > 0 ? 'partial' : 'wrong'
}
