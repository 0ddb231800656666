import { useNavigate, useParams } from '@solidjs/router'
import { createMemo, createSignal, Index, Match, Show, Switch } from 'solid-js'
import { api, isApiError } from '../../lib/api'
import { formatRelative } from '../../lib/format'
import { createAction } from '../../lib/load'
import { createNow } from '../../lib/now'
import { t } from '../../messages/student'
import { Button, ButtonLink } from '../../parts/button'
import { Empty } from '../../parts/empty'
import { Icon } from '../../parts/icon'
import { Loaded } from '../../parts/loaded'
import { ErrorNotice, Notice } from '../../parts/notice'
import { Page } from '../../parts/page'
import { PasswordField } from '../../parts/text-field'
import { ExamState, ExamWindow } from './exam-card'
import './exams.css'
import { attemptPath, createMyExams, type MyExam } from './my-exams'
import { rulesOf } from './rules'
import { fieldsIn, listFields } from './what-is-shown'

/** The rules in words, then the one button that starts the clock: `/exams/:examId`. */
export default function StartPage() {
  const params = useParams<{ examId: string }>()
  const exams = createMyExams()
  const exam = createMemo(() => exams.data()?.find(({ examId }) => examId === params.examId))
  return (
    <Page
      title={exam()?.title ?? t('exams.title')}
      width="text"
      lead={
        <Show when={exam()}>
          {(shown) => (
            <div class="stack-tight">
              <div class="row">
                <ExamState state={shown().state} />
                {shown().className}
              </div>
              <div>
                <ExamWindow exam={shown()} />
              </div>
            </div>
          )}
        </Show>
      }
    >
      <Loaded of={exams} skeleton="text" lines={6}>
        {() => (
          <Show when={exam()} fallback={<Missing />}>
            {(shown) => <Start exam={shown()} onChanged={() => void exams.reload()} />}
          </Show>
        )}
      </Loaded>
    </Page>
  )
}

const Missing = () => (
  <Empty title={t('start.missing')} action={<ButtonLink href="/">{t('start.back')}</ButtonLink>}>
    {t('start.missingText')}
  </Empty>
)

function Start(props: { exam: MyExam; onChanged: () => void }) {
  const now = createNow(10_000)
  const rules = createMemo(() => rulesOf(props.exam, now()))
  return (
    <>
      <section class="stack" aria-labelledby="rules">
        <h2 id="rules">{t('start.rules')}</h2>
        <ul class="rules">
          <Index each={rules()}>
            {(rule) => (
              <li>
                <Icon name={rule().icon} />
                <div>
                  <p>{rule().text}</p>
                  <Show when={rule().why}>{(why) => <p class="soft small">{why()}</p>}</Show>
                </div>
              </li>
            )}
          </Index>
          <li>
            <Icon name="eye" />
            <p>{reviewText(props.exam)}</p>
          </li>
        </ul>
      </section>
      <Switch>
        <Match when={props.exam.openAttemptId}>
          {(attemptId) => (
            <div class="start-form">
              <div>
                <ButtonLink variant="primary" href={attemptPath(attemptId())}>
                  {t('start.resume', { number: props.exam.attempts.length })}
                </ButtonLink>
              </div>
            </div>
          )}
        </Match>
        <Match when={props.exam.state === 'open'}>
          <StartForm exam={props.exam} onChanged={props.onChanged} />
        </Match>
        <Match when={props.exam.state === 'upcoming' && props.exam.access.opensAt.value}>
          {(at) => (
            <Notice meaning="attention" role="status">
              <p>{t('start.notYet', { relative: formatRelative(at(), now()) })}</p>
            </Notice>
          )}
        </Match>
        <Match when={true}>
          <Notice meaning="attention" role="status">
            <p>{t(props.exam.state === 'done' ? 'start.noneLeft' : 'start.closed')}</p>
          </Notice>
        </Match>
      </Switch>
    </>
  )
}

function StartForm(props: { exam: MyExam; onChanged: () => void }) {
  const navigate = useNavigate()
  const [password, setPassword] = createSignal('')
  const action = createAction()
  const number = () => props.exam.attempts.length + 1
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const body = { examId: props.exam.examId, ...(password() === '' ? {} : { password: password() }) }
    const isStarted = await action.run(async () => {
      const { attemptId } = await api.post<{ attemptId: string }>('/api/attempts', body)
      navigate(attemptPath(attemptId))
    })
    // Most often the exam has just closed, or was started on another device.
    if (!isStarted) props.onChanged()
  }
  const isWrongPassword = () => isApiError(action.error(), 'wrong-password')
  return (
    <form class="start-form" onSubmit={submit}>
      <Show when={!isWrongPassword() && action.error()}>{(error) => <ErrorNotice error={error()} />}</Show>
      <Show when={props.exam.access.needsPassword.value}>
        <PasswordField
          label={t('start.password')}
          hint={t('start.passwordHint')}
          error={isWrongPassword() ? t('start.wrongPassword') : null}
          name="exam-password"
          autocomplete="off"
          required
          value={password()}
          onInput={(event) => setPassword(event.currentTarget.value)}
        />
      </Show>
      <div>
        <Button type="submit" variant="primary" busy={action.isBusy()}>
          {t(props.exam.access.limitSeconds.value === null ? 'start.begin' : 'start.beginTimed', { number: number() })}
        </Button>
      </div>
    </form>
  )
}

/** What there is to see afterwards, in the order of time. */
function reviewText({ reviewOptions }: MyExam): string {
  const soon = fieldsIn(reviewOptions.whileOpen)
  const late = fieldsIn(reviewOptions.afterClose)
  if (soon.length === 0 && late.length === 0) return t('start.reviewNone')
  const added = late.filter((field) => !soon.includes(field))
  return [
    ...(soon.length > 0 ? [t('start.reviewSoon', { what: listFields(soon) })] : []),
    ...(added.length > 0 ? [t('start.reviewClose', { what: listFields(added) })] : []),
  ].join(' ')
}
