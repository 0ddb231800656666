import type { Version, VersionSummary } from '@hourglass/quizzes/model'
import { Show } from 'solid-js'
import { api } from '../../lib/api'
import { createLoader, listAll } from '../../lib/load'
import { t } from '../../messages/teaching'
import { Select } from '../../parts/field'
import { Notice } from '../../parts/notice'
import { useExam } from '../exams/frame'
import { versionLine } from '../exams/version-line'

/** Another published version of the exam's quiz, by whose key a question is marked. */
export function VersionField(props: {
  value: string | null
  error: string | null
  onChange: (keyDigest: string) => void
}) {
  const { exam } = useExam()
  const versions = createLoader(() => exam().versionDigest, loadOthers)
  return (
    <Show
      when={(versions.data()?.length ?? 1) > 0 && !versions.error()}
      fallback={
        <Notice meaning="attention">
          <p>{t('correct.noVersion')}</p>
        </Notice>
      }
    >
      <Select
        label={t('correct.version')}
        placeholder={versions.data() ? t('correct.choose') : t('form.loading')}
        value={props.value}
        error={props.error}
        options={(versions.data() ?? []).map((version) => ({ value: version.keyDigest, label: versionLine(version) }))}
        onChange={props.onChange}
      />
    </Show>
  )
}

async function loadOthers(digest: string, signal: AbortSignal): Promise<VersionSummary[]> {
  const { quizId } = await api.get<Version>(`/api/versions/${digest}`, { signal })
  const versions = await listAll<VersionSummary>(`/api/quizzes/${quizId}/versions`, signal)
  return versions.filter((version) => version.digest !== digest)
}
