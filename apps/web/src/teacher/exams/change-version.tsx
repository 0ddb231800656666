import type { VersionSummary } from '@hourglass/quizzes/model'
import { t } from '../../messages/teaching'
import { Select } from '../../parts/field'
import { versionLine } from './version-line'

/** Another version of the same quiz, while nobody has started. */
export const ChangeVersion = (props: {
  versions: readonly VersionSummary[]
  versionDigest: string
  onChange: (versionDigest: string) => void
}) => (
  <Select
    label={t('form.version')}
    hint={t('edit.versionHint')}
    value={props.versionDigest}
    options={props.versions.map((version) => ({ value: version.digest, label: versionLine(version) }))}
    onChange={props.onChange}
  />
)
