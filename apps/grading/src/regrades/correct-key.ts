import type { Key, KeyGap, KeyOf, KeyQuestion } from '@hourglass/questions/key'
import type { AcceptedAnswer, Correction } from './correction'

export type Treatment = 'drop' | 'full-credit'
/** A key under the corrections that hold. A question with a treatment is not marked by its answer at all. */
export type CorrectedKey = Key & { treatments: ReadonlyMap<string, Treatment> }

export type Decided = { number: number; questionId: string; correction: Correction }

/** The correction cannot be made to this question; the message says why. */
export class CorrectionError extends Error {
  override readonly name = 'CorrectionError'
}

/**
 * A key as it holds after corrections, in the order of their numbers: of several for one question a later `drop`,
 * `full-credit` or `rescore` replaces what came before, and each `accept` adds to it. Pure. `keys` has every key that a
 * `rescore` names. Throws a CorrectionError for a correction that does not fit its question.
 */
export const correctKey = (key: Key, decided: readonly Decided[], keys: Keys): CorrectedKey =>
  correct(key, decided, (question, correction) => correctQuestion(question, correction, keys))

/**
 * As `correctKey`, for the key of an earlier version that an attempt pinned: what does not fit there is passed over, for it was
 * decided about a later one.
 */
export const correctEarlierKey = (key: Key, decided: readonly Decided[], keys: Keys): CorrectedKey =>
  correct(key, decided, (question, correction) => {
    try {
      return correctQuestion(question, correction, keys)
    } catch (error) {
      if (error instanceof CorrectionError) return question
      throw error
    }
  })

type Keys = ReadonlyMap<string, Key>
type Correct = (question: KeyQuestion, correction: Correction) => KeyQuestion

function correct(key: Key, decided: readonly Decided[], correctOne: Correct): CorrectedKey {
  const questions = new Map(key.questions.map((question) => [question.id, question]))
  const treatments = new Map<string, Treatment>()
  for (const { questionId, correction } of decided.toSorted((a, b) => a.number - b.number)) {
    const question = questions.get(questionId)
    if (!question) continue
    questions.set(questionId, correctOne(question, correction))
    if (correction.mode === 'drop' || correction.mode === 'full-credit') treatments.set(questionId, correction.mode)
    else treatments.delete(questionId)
  }
  return { ...key, questions: [...questions.values()], treatments }
}

function correctQuestion(question: KeyQuestion, correction: Correction, keys: Keys): KeyQuestion {
  if (question.type === 'description') throw new CorrectionError('A text without an answer has nothing to correct.')
  if (correction.mode === 'accept') return accept(question, correction.answer)
  return correction.mode === 'rescore' ? rescore(question, keys.get(correction.keyDigest)) : question
}

function accept(question: KeyQuestion, answer: AcceptedAnswer): KeyQuestion {
  if (question.type === 'gap-fill') {
    if (!question.gaps.some(({ id }) => id === answer.gapId))
      throw new CorrectionError('Name one of the question’s gaps.')
    return { ...question, gaps: question.gaps.map((gap) => (gap.id === answer.gapId ? acceptInGap(gap, answer) : gap)) }
  }
  if (answer.gapId !== undefined) throw new CorrectionError('This question has no gaps.')
  if (question.type === 'single-choice' && answer.kind === 'choice') return withChoice(question, answer)
  if (question.type === 'short-answer' && answer.kind === 'text') return withText(question, answer)
  if (question.type === 'numeric' && answer.kind === 'number') return withNumber(question, answer)
  throw new CorrectionError(
    'This question cannot take another answer of this kind; a corrected version can mark it anew.',
  )
}

function acceptInGap(gap: KeyGap, answer: AcceptedAnswer): KeyGap {
  if (gap.kind === 'choice' && answer.kind === 'choice') return withChoice(gap, answer)
  if (gap.kind === 'short' && answer.kind === 'text') return withText(gap, answer)
  if (gap.kind === 'numeric' && answer.kind === 'number') return withNumber(gap, answer)
  throw new CorrectionError('This gap takes an answer of another kind.')
}

type Answer<Kind extends AcceptedAnswer['kind']> = Extract<AcceptedAnswer, { kind: Kind }>
type Choices = Pick<KeyOf<'single-choice'>, 'choices'>
type Texts = Pick<KeyOf<'short-answer'>, 'accepted'>
type Numbers = Pick<KeyOf<'numeric'>, 'accepted'>

function withChoice<T extends Choices>(target: T, { choiceId, weight }: Answer<'choice'>): T {
  if (!target.choices.some(({ id }) => id === choiceId)) throw new CorrectionError('Name one of the options.')
  const choices = target.choices.map((choice) =>
    choice.id === choiceId ? { ...choice, weight, feedbackHtml: '' } : choice,
  )
  return { ...target, choices }
}

// The accepted answer comes first: the first that fits decides.
const withText = <T extends Texts>(target: T, { pattern, weight }: Answer<'text'>): T => ({
  ...target,
  accepted: [{ pattern, weight, feedbackHtml: '' }, ...target.accepted],
})

const withNumber = <T extends Numbers>(target: T, { value, tolerance, weight }: Answer<'number'>): T => ({
  ...target,
  accepted: [{ match: { kind: 'absolute', value, tolerance }, weight, feedbackHtml: '' }, ...target.accepted],
})

/** The question as the other key has it, with the marks that the paper promised. */
function rescore(question: KeyQuestion, other: Key | undefined): KeyQuestion {
  const corrected = other?.questions.find(({ id }) => id === question.id)
  if (!corrected) throw new CorrectionError('The other version does not have this question.')
  if (corrected.type !== question.type || idsOf(corrected).join() !== idsOf(question).join()) {
    throw new CorrectionError('In the other version this is another question: its type or its options differ.')
  }
  return { ...corrected, maxMarks: question.maxMarks }
}

/** What the ids of an answer may name. */
function idsOf(question: KeyQuestion): string[] {
  switch (question.type) {
    case 'single-choice':
    case 'multiple-choice':
      return question.choices.map(({ id }) => id).toSorted()
    case 'matching':
      return Object.keys(question.pairs).toSorted()
    case 'ordering':
      return question.order.toSorted()
    case 'gap-fill':
      return question.gaps
        .flatMap((gap) => [
          `${gap.id} ${gap.kind}`,
          ...(gap.kind === 'choice' ? gap.choices.map(({ id }) => `${gap.id}/${id}`) : []),
        ])
        .toSorted()
    default:
      return []
  }
}
