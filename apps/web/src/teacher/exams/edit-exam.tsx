import type { Exam } from '@hourglass/exams/model'
import { useNavigate } from '@solidjs/router'
import { createMemo, createSignal, For, Show } from 'solid-js'
import { createStore } from 'solid-js/store'
import { api, isApiError } from '../../lib/api'
import { createAction, createLoader, listAll } from '../../lib/load'
import { t } from '../../messages/teaching'
import { Button } from '../../parts/button'
import { ErrorNotice, Notice } from '../../parts/notice'
import { ChangeVersion } from './change-version'
import { describeChange } from './describe-change'
import { ExamForm, FaultList } from './exam-form'
import type { AttemptLine } from './exam-types'
import { type FormValues, findFaults, fromExam, parseMinutes, toExamChange } from './form-values'
import { ExamPart, useExam } from './frame'
import { examPath } from './paths'
import { loadVersionsLike } from './version-line'
import { WhoGetsWhat } from './who-gets-what'

/** Changes an exam: says field by field what will change, and whom it reaches, before it is saved. */
export default function EditExam() {
  const navigate = useNavigate()
  const { exam, loader } = useExam()
  // The exam as it was read when the form was opened or last loaded: what the change is made to.
  const [before, setBefore] = createSignal<Exam>(exam())
  const [values, set] = createStore<FormValues>(fromExam(exam()))
  const [isTried, setTried] = createSignal(false)
  const save = createAction()
  const attempts = createLoader(
    () => exam().examId,
    (id, signal) => listAll<AttemptLine>(`/api/exams/${id}/attempts`, signal),
  )
  // None where the quiz belongs to a colleague who does not share it: then the version stays.
  const versions = createLoader(() => before().versionDigest, loadVersionsLike)
  const known = () => versions.data() ?? []
  const nameOf = (digest: string) => {
    const number = known().find((version) => version.digest === digest)?.number
    return number === undefined ? digest.slice(0, 8) : String(number)
  }
  const running = () => (attempts.data() ?? []).filter(({ state }) => state === 'open').length
  const faults = () => findFaults(values, false)
  const shown = () => (isTried() ? faults() : new Set<never>())
  const change = createMemo(() => (faults().size > 0 ? null : toExamChange(values, before())))
  const isStale = () => isApiError(save.error(), 'stale-revision')
  const loadAgain = async () => {
    save.clear()
    await loader.reload()
    setBefore(exam())
    set(fromExam(exam()))
  }
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    setTried(true)
    const body = change()
    if (!body) return
    await save.run(async () => {
      loader.set(await api.patch<Exam>(`/api/exams/${exam().examId}`, body))
      navigate(examPath(exam().examId))
    })
  }
  return (
    <ExamPart title={t('edit.title')} lead={t('edit.lead')}>
      <form class="stack-wide measure" onSubmit={submit} novalidate>
        <ExamForm
          values={values}
          set={set}
          faults={shown()}
          isStarted={(attempts.data()?.length ?? 0) > 0}
          hasPassword={before().hasPassword}
          what={
            <>
              <p class="soft">{t('edit.fixed', { class: exam().className ?? t('exam.classUnknown') })}</p>
              <Show when={attempts.data()?.length === 0 && known().length > 1}>
                <ChangeVersion
                  versions={known()}
                  versionDigest={values.versionDigest ?? before().versionDigest}
                  onChange={(versionDigest) => set({ versionDigest })}
                />
              </Show>
            </>
          }
        />
        <WhoGetsWhat
          classId={exam().classId}
          settings={{
            opensAt: values.opensAt,
            closesAt: values.closesAt,
            limitSeconds: parseMinutes(values.limitMinutes) ?? null,
          }}
        />
        <section class="stack effect" aria-live="polite">
          <h3>{t('edit.changes')}</h3>
          <Show when={change()} fallback={<p class="soft">{t('edit.nothing')}</p>}>
            {(body) => (
              <>
                <ul class="changes">
                  <For each={describeChange(body(), before(), nameOf)}>
                    {(line) => <li>{t('edit.line', { name: line.name, before: line.before, after: line.after })}</li>}
                  </For>
                </ul>
                <p>{running() > 0 ? t('edit.reaches', { count: running() }) : t('edit.reachesNobody')}</p>
              </>
            )}
          </Show>
        </section>
        <Show when={shown().size > 0}>
          <Notice meaning="error" role="alert" title={t('form.notYet')}>
            <FaultList faults={shown()} />
          </Notice>
        </Show>
        <Show when={save.error()}>
          {(error) => (
            <>
              <ErrorNotice error={error()} title={t('form.notSaved')} />
              <Show when={isStale()}>
                <div class="row">
                  <Button onClick={() => void loadAgain()}>{t('edit.loadAgain')}</Button>
                  <span class="soft">{t('edit.loadAgainEffect')}</span>
                </div>
              </Show>
            </>
          )}
        </Show>
        <div class="sticky-actions">
          <Button
            type="submit"
            variant="primary"
            busy={save.isBusy()}
            disabled={change() === null && faults().size === 0}
          >
            {t('edit.save')}
          </Button>
          <Button variant="quiet" onClick={() => navigate(examPath(exam().examId))}>
            {t('edit.cancel')}
          </Button>
        </div>
      </form>
    </ExamPart>
  )
}
