import type { Exam } from '@hourglass/exams/model'
import type { Version } from '@hourglass/quizzes/model'
import { useNavigate, useSearchParams } from '@solidjs/router'
import { createEffect, createSignal, on, Show } from 'solid-js'
import { createStore } from 'solid-js/store'
import { api } from '../../lib/api'
import { createAction, createLoader, listAll } from '../../lib/load'
import { t } from '../../messages/teaching'
import { Button } from '../../parts/button'
import { Select } from '../../parts/field'
import { ErrorNotice, Notice } from '../../parts/notice'
import { Page } from '../../parts/page'
import { ChooseVersion } from './choose-version'
import type { SchoolClass } from './class-types'
import { ExamForm, FaultList } from './exam-form'
import './exams.css'
import { emptyValues, findFaults, fromQuizSettings, notChanged, parseMinutes, toNewExam } from './form-values'
import { examPath } from './paths'
import { WhoGetsWhat } from './who-gets-what'

/** A published version offered to a class, and under which rules. Says who will get what before it is saved. */
export default function NewExam() {
  const navigate = useNavigate()
  const [search] = useSearchParams<{ version?: string; class?: string }>()
  const [values, set] = createStore({
    ...emptyValues(),
    versionDigest: search.version ?? null,
    classId: search.class ?? null,
  })
  const [isTried, setTried] = createSignal(false)
  const save = createAction()
  // One key a form: a request that is sent again makes no second exam.
  const idempotencyKey = crypto.randomUUID()
  const classes = createLoader(
    () => 'classes',
    (_, signal) => listAll<SchoolClass>('/api/classes', signal),
  )
  const version = createLoader(
    () => values.versionDigest,
    (digest, signal) => api.get<Version>(`/api/versions/${digest}`, { signal }),
  )
  let suggested = emptyValues()
  createEffect(
    on(version.data, (loaded) => {
      if (!loaded) return
      const next = { ...suggested, title: loaded.title, ...fromQuizSettings(loaded.content.settings) }
      set({ ...notChanged(values, suggested, next), quizId: loaded.quizId })
      suggested = structuredClone(next)
    }),
  )
  const faults = () => findFaults(values, true)
  const shown = () => (isTried() ? faults() : new Set<never>())
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    setTried(true)
    if (faults().size > 0) return
    await save.run(async () => {
      const exam = await api.post<Exam>('/api/exams', toNewExam(values), { idempotencyKey })
      navigate(examPath(exam.examId))
    })
  }
  return (
    <Page title={t('form.newTitle')} lead={t('form.newLead')} width="text">
      <form class="stack-wide" onSubmit={submit} novalidate>
        <ExamForm
          values={values}
          set={set}
          faults={shown()}
          what={
            <>
              <ChooseVersion
                quizId={values.quizId}
                versionDigest={values.versionDigest}
                quizError={shown().has('version') ? t('form.fault.version') : null}
                onChoose={(choice) => set(choice)}
              />
              <Show when={version.error()}>
                {(error) => <ErrorNotice error={error()} onRetry={() => void version.reload()} />}
              </Show>
              <Select
                label={t('form.class')}
                placeholder={classes.data() ? t('form.choose') : t('form.loading')}
                value={values.classId}
                error={shown().has('class') ? t('form.fault.class') : null}
                options={(classes.data() ?? []).map(({ id, name, students }) => ({
                  value: id,
                  label: t('form.classLine', { name, students: t('form.students', { count: students }) }),
                }))}
                onChange={(classId) => set('classId', classId)}
              />
              <Show when={classes.error()}>
                {(error) => <ErrorNotice error={error()} onRetry={() => void classes.reload()} />}
              </Show>
            </>
          }
        />
        <Show when={values.classId}>
          {(classId) => (
            <WhoGetsWhat
              classId={classId()}
              settings={{
                opensAt: values.opensAt,
                closesAt: values.closesAt,
                limitSeconds: parseMinutes(values.limitMinutes) ?? null,
              }}
            />
          )}
        </Show>
        <Show when={shown().size > 0}>
          <Notice meaning="error" role="alert" title={t('form.notYet')}>
            <FaultList faults={shown()} />
          </Notice>
        </Show>
        <Show when={save.error()}>{(error) => <ErrorNotice error={error()} title={t('form.notSaved')} />}</Show>
        <div class="sticky-actions">
          <Button type="submit" variant="primary" busy={save.isBusy()}>
            {t('form.schedule')}
          </Button>
          <span class="soft">{t('form.scheduleEffect')}</span>
        </div>
      </form>
    </Page>
  )
}
