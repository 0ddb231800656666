import type { Version, VersionSummary } from '@hourglass/quizzes/model'
import { api } from '../../lib/api'
import { formatDateTime, formatDecimal } from '../../lib/format'
import { listAll } from '../../lib/load'
import { t } from '../../messages/teaching'

/** One published version in a line, to be chosen from a list. */
export const versionLine = ({ number, publishedAt, questionCount, maxMarks }: VersionSummary): string =>
  t('form.versionLine', {
    number,
    at: formatDateTime(publishedAt),
    questions: t('form.questions', { count: questionCount }),
    marks: formatDecimal(maxMarks),
  })

/** All published versions of the quiz that this one is of, the newest first. */
export async function loadVersionsLike(digest: string, signal: AbortSignal): Promise<VersionSummary[]> {
  const { quizId } = await api.get<Version>(`/api/versions/${digest}`, { signal })
  return listAll<VersionSummary>(`/api/quizzes/${quizId}/versions`, signal)
}
