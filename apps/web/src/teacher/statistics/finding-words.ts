import type { Finding, QuestionStatistics, Statistics } from '@hourglass/grading/model'
import { formatNumber } from '../../lib/format'
import { t } from '../../messages/teaching'

/** A finding in the reader's words, from its kind and number: the server's own message is English. */
export function findingWords(finding: Finding, statistics: Statistics): string {
  const question = statistics.questions.find(({ questionId }) => questionId === finding.questionId)
  const params = {
    number: question?.number ?? 0,
    percent: formatNumber((finding.value ?? 0) / 100, { style: 'percent', maximumFractionDigits: 0 }),
    count: Math.round(finding.value ?? 0),
    option: optionWords(question, finding.optionId),
  }
  if (finding.kind === 'not-first-attempts') return t(`finding.not-first.${statistics.attempts}`)
  return t(`finding.${finding.kind}`, params)
}

/** A, B, C … in the order of the paper; true and false are words. */
function optionWords(question: QuestionStatistics | undefined, optionId: string | null): string {
  if (optionId === 'true') return t('response.true')
  if (optionId === 'false') return t('response.false')
  const place = question?.options.findIndex((option) => option.optionId === optionId) ?? -1
  if (place < 0) return optionId ?? ''
  return place < 26 ? String.fromCharCode(65 + place) : String(place + 1)
}
