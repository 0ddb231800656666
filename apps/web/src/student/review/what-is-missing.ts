import type { Review } from '@hourglass/grading/model'
import { formatDateTime } from '../../lib/format'
import { t } from '../../messages/student'
import type { MyExam } from '../exams/my-exams'
import { fieldsIn, listFields, type ReviewField } from '../exams/what-is-shown'

export type Missing = { title: string; text: string }

/**
 * What the review does not show now, and when it will: in words, or `null` when all is shown. The exam tells what comes later; it is
 * unknown to a student who has left the class.
 */
export function explainMissing(
  review: Review,
  exam: Pick<MyExam, 'reviewOptions' | 'access'> | undefined,
): Missing | null {
  if (review.sealedAt === null || review.phase === 'during') {
    return { title: t('review.during'), text: t('review.duringText') }
  }
  const shown = shownIn(review)
  if (!review.isReleased) {
    const text = t(shown.includes('response') ? 'review.notReleasedOwn' : 'review.notReleasedNone')
    return { title: t('review.notReleased'), text }
  }
  if (shown.length === 5) return null
  return {
    title: t(shown.length === 0 ? 'review.nothing' : 'review.part'),
    text: exam
      ? laterText(review, exam, shown)
      : t(review.phase === 'afterClose' ? 'review.never' : 'review.laterUnknown'),
  }
}

function laterText(
  { phase }: Review,
  { reviewOptions, access }: Pick<MyExam, 'reviewOptions' | 'access'>,
  shown: readonly ReviewField[],
): string {
  const soon = phase === 'justAfter' ? fieldsIn(reviewOptions.whileOpen).filter((field) => !shown.includes(field)) : []
  const closesAt = access.closesAt.value
  const willClose = phase !== 'afterClose' && closesAt !== null
  const late = willClose
    ? fieldsIn(reviewOptions.afterClose).filter((field) => !shown.includes(field) && !soon.includes(field))
    : []
  const sentences = [
    ...(soon.length > 0 ? [t('review.soon', { what: listFields(soon) })] : []),
    ...(late.length > 0 && closesAt !== null
      ? [t('review.laterAt', { time: formatDateTime(closesAt), what: listFields(late) })]
      : []),
  ]
  return sentences.length > 0 ? sentences.join(' ') : t('review.never')
}

/** Told by the members that are there: the server leaves out what may not be seen. */
function shownIn({ questions }: Review): ReviewField[] {
  const has = (isThere: (question: Review['questions'][number]) => boolean) => questions.some(isThere)
  return [
    ...(has(({ response }) => response !== undefined) ? (['response'] as const) : []),
    // A question that nobody has marked yet has no state, whatever may be seen.
    ...(has(({ state }) => state !== undefined) ? (['correctness'] as const) : []),
    ...(has(({ marks }) => marks !== undefined) ? (['marks'] as const) : []),
    ...(has(({ feedbackHtml }) => feedbackHtml !== undefined) ? (['feedback'] as const) : []),
    ...(has(({ rightAnswer }) => rightAnswer !== undefined) ? (['rightAnswer'] as const) : []),
  ]
}
