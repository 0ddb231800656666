import type { CorrectableQuestion, Correction } from '@hourglass/grading/model'
import { formatDecimal } from '../../lib/format'
import { toPlainText } from '../../lib/plain-text'
import { t } from '../../messages/teaching'

/** What a correction does, in the reader's words: "Accepts B. Lyon for 50 %". */
export function correctionWords(correction: Correction, question: CorrectableQuestion | undefined): string {
  if (correction.mode !== 'accept') return t(`correction.${correction.mode}`)
  const answer = answerWords(correction.answer, question)
  const { weight } = correction.answer
  if (Number(weight) === 100) return t('correction.acceptOf', { answer })
  return t('correction.acceptPart', { answer, percent: t('results.percentValue', { value: formatDecimal(weight) }) })
}

type Answer = Extract<Correction, { mode: 'accept' }>['answer']

function answerWords(answer: Answer, question: CorrectableQuestion | undefined): string {
  switch (answer.kind) {
    case 'choice': {
      const choices = answer.gapId ? question?.gaps?.find(({ id }) => id === answer.gapId)?.choices : question?.choices
      const choice = choices?.find(({ id }) => id === answer.choiceId)
      return choice ? toPlainText(choice.html) : answer.choiceId
    }
    case 'text':
      return answer.pattern
    case 'number': {
      const value = formatDecimal(answer.value)
      if (Number(answer.tolerance) === 0) return value
      return t('correction.numberWithin', { value, tolerance: formatDecimal(answer.tolerance) })
    }
  }
}
