import type { VersionSummary } from '@hourglass/quizzes/model'
import { formatDateTime, formatDecimal } from '../../lib/format'
import { t } from '../../messages/teaching'

/** One published version in a line, to be chosen from a list. */
export const versionLine = ({ number, publishedAt, questionCount, maxMarks }: VersionSummary): string =>
  t('form.versionLine', {
    number,
    at: formatDateTime(publishedAt),
    questions: t('form.questions', { count: questionCount }),
    marks: formatDecimal(maxMarks),
  })
