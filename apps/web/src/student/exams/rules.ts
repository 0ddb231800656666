import { formatDuration } from '../../lib/format'
import { whyWords } from '../../lib/why'
import { t } from '../../messages/student'
import type { IconName } from '../../parts/icon'
import type { MyExam } from './my-exams'

export type Rule = { icon: IconName; text: string; why?: string }

/** The exam's rules in sentences, as they hold for this student at this moment. */
export function rulesOf(exam: MyExam, nowMs: number): Rule[] {
  return [
    {
      icon: 'list',
      text: t(exam.layout === 'one' ? 'start.questionsOne' : 'start.questionsAll', { count: exam.questionCount }),
    },
    ...timeRules(exam, nowMs),
    { icon: 'hourglass', text: overdueText(exam) },
    { icon: 'person', text: attemptsText(exam) },
    { icon: 'check-circle', text: t('start.stored') },
    ...(exam.certainty ? [{ icon: 'info', text: t('start.certainty') } as const] : []),
    ...(exam.negativeMarks ? [{ icon: 'warning', text: t('start.negative') } as const] : []),
    ...(exam.pasteAllowed ? [] : [{ icon: 'lock', text: t('start.paste') } as const]),
  ]
}

/** How long: the limit or the close, whichever comes first. */
function timeRules({ access, state }: MyExam, nowMs: number): Rule[] {
  const { limitSeconds, closesAt, opensAt } = access
  const closesMs = closesAt.value === null ? null : Date.parse(closesAt.value)
  const startMs = state === 'upcoming' && opensAt.value !== null ? Date.parse(opensAt.value) : nowMs
  const leftSeconds = closesMs === null ? null : Math.max(0, Math.floor((closesMs - startMs) / 1000))
  const [whyLimit, whyClose] = [whyWords(limitSeconds), whyWords(closesAt)]
  const why = whyLimit ? { why: t('start.whyLimit', { why: whyLimit }) } : {}
  const closeWhy = whyClose ? { why: t('start.whyClose', { why: whyClose }) } : {}
  const rules: Rule[] = []
  if (limitSeconds.value !== null) {
    const duration = formatDuration(limitSeconds.value)
    rules.push({ icon: 'clock', text: t('start.limit', { duration }), ...why })
    if (leftSeconds !== null && leftSeconds < limitSeconds.value) {
      rules.push({
        icon: 'warning',
        text: t('start.limitCut', { duration, left: formatDuration(wholeMinutes(leftSeconds)) }),
        ...closeWhy,
      })
    }
  } else if (leftSeconds !== null) {
    const left = formatDuration(wholeMinutes(leftSeconds))
    rules.push({ icon: 'clock', text: t('start.noLimitClose', { left }), ...closeWhy })
  } else {
    rules.push({ icon: 'clock', text: t('start.noLimit'), ...why })
  }
  if (limitSeconds.value !== null || leftSeconds !== null) rules.push({ icon: 'computer', text: t('start.clockRuns') })
  return rules
}

/** Never more than is left. */
const wholeMinutes = (seconds: number): number => (seconds < 60 ? seconds : Math.floor(seconds / 60) * 60)

function overdueText({ overduePolicy, graceSeconds }: MyExam): string {
  switch (overduePolicy) {
    case 'auto-submit':
      return t('start.autoSubmit')
    case 'grace-period':
      return t('start.grace', { duration: formatDuration(graceSeconds) })
    case 'auto-abandon':
      return t('start.abandon')
  }
}

function attemptsText({ access, attempts, openAttemptId }: MyExam): string {
  const allowed = access.attemptsAllowed.value
  const number = attempts.length + (openAttemptId === null ? 1 : 0)
  if (allowed === null) return t('start.attemptFree', { number })
  return allowed === 1 ? t('start.attemptOnly') : t('start.attemptOf', { number: Math.min(number, allowed), allowed })
}
