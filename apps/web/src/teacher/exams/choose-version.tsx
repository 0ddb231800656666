import type { QuizSummary, VersionSummary } from '@hourglass/quizzes/model'
import { Show } from 'solid-js'
import { createLoader, listAll } from '../../lib/load'
import { t } from '../../messages/teaching'
import { ButtonLink } from '../../parts/button'
import { Select } from '../../parts/field'
import { ErrorNotice, Notice } from '../../parts/notice'
import { versionLine } from './version-line'

/** A published quiz and which version of it. Choosing a quiz chooses its newest version. */
export function ChooseVersion(props: {
  quizId: string | null
  versionDigest: string | null
  quizError: string | null
  onChoose: (choice: { quizId: string; versionDigest: string | null }) => void
}) {
  const quizzes = createLoader(
    () => 'quizzes',
    (_, signal) => listAll<QuizSummary>('/api/quizzes', signal),
  )
  const published = () => (quizzes.data() ?? []).filter(({ lastPublished }) => lastPublished !== null)
  const versions = createLoader(
    () => props.quizId,
    (quizId, signal) => listAll<VersionSummary>(`/api/quizzes/${quizId}/versions`, signal),
  )
  const chooseQuiz = (quizId: string) => {
    const quiz = published().find(({ id }) => id === quizId)
    props.onChoose({ quizId, versionDigest: quiz?.lastPublished?.digest ?? null })
  }
  return (
    <>
      <Show when={quizzes.error()}>
        {(error) => <ErrorNotice error={error()} onRetry={() => void quizzes.reload()} />}
      </Show>
      <Show when={quizzes.data() && published().length === 0}>
        <Notice meaning="attention" title={t('form.noQuiz')}>
          <p>{t('form.noQuizHow')}</p>
          <div>
            <ButtonLink href="/teach/quizzes" size="small">
              {t('form.toQuizzes')}
            </ButtonLink>
          </div>
        </Notice>
      </Show>
      <div class="form-grid">
        <Select
          label={t('form.quiz')}
          placeholder={quizzes.data() ? t('form.choose') : t('form.loading')}
          value={props.quizId}
          error={props.quizError}
          options={published().map(({ id, title }) => ({ value: id, label: title }))}
          onChange={chooseQuiz}
        />
        <Show when={props.quizId}>
          {(quizId) => (
            <Select
              label={t('form.version')}
              placeholder={t('form.loading')}
              value={versions.data() ? props.versionDigest : null}
              options={(versions.data() ?? []).map((version) => ({
                value: version.digest,
                label: versionLine(version),
              }))}
              onChange={(versionDigest) => props.onChoose({ quizId: quizId(), versionDigest })}
            />
          )}
        </Show>
      </div>
    </>
  )
}
