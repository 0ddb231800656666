import { Show } from 'solid-js'
import { createLoader } from '../../lib/load'
import { t } from '../../messages/teaching'
import { Select } from '../../parts/field'
import { Notice } from '../../parts/notice'
import { useExam } from '../exams/frame'
import { loadVersionsLike, versionLine } from '../exams/version-line'

/** Another published version of the exam's quiz, by whose key a question is marked. */
export function VersionField(props: {
  value: string | null
  error: string | null
  onChange: (keyDigest: string) => void
}) {
  const { exam } = useExam()
  const versions = createLoader(
    () => exam().versionDigest,
    async (digest, signal) => (await loadVersionsLike(digest, signal)).filter((version) => version.digest !== digest),
  )
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
