import { useNavigate } from '@solidjs/router'
import { createSignal, Show } from 'solid-js'
import { isApiError } from '../lib/api-error'
import { createAction } from '../lib/load'
import { accept, fetchOnce } from '../lib/request'
import { person, signIn } from '../lib/session'
import { t } from '../messages/account'
import { t as common } from '../messages/common'
import { Button, ButtonLink } from '../parts/button'
import { ErrorNotice, Notice } from '../parts/notice'
import { Page } from '../parts/page'
import { PasswordField } from '../parts/text-field'
import { homeOf } from './navigation'

const shortestPassword = 8

/** `/invitation#token`: the token stands in the fragment, which is never sent to a server by itself. */
export default function Invitation() {
  const navigate = useNavigate()
  const token = location.hash.slice(1)
  const [password, setPassword] = createSignal('')
  const [error, setError] = createSignal<string | null>(null)
  const [isAccepted, setAccepted] = createSignal(false)
  const action = createAction()
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const missing = shortestPassword - password().length
    setError(missing > 0 ? t('invitation.tooShort', { count: missing }) : null)
    if (missing > 0) return
    await action.run(async () => {
      const response = await accept(
        await fetchOnce('POST', '/api/invitations/accept', {
          body: { token, password: password() },
          timeoutMs: 35_000,
        }),
      )
      const { email }: { email: string } = await response.json()
      setAccepted(true)
      await signIn(email, password())
      const who = person()
      if (who) navigate(homeOf(who.role), { replace: true })
    })
  }
  return (
    <Page title={t('invitation.title')} lead={t('invitation.lead')} width="text">
      <Show when={token !== ''} fallback={<Told meaning="attention" text={t('invitation.missing')} />}>
        <Show when={!isAccepted()} fallback={<Accepted hasFailed={action.error() !== null} />}>
          <form class="stack" onSubmit={submit}>
            <Show when={action.error()}>{(failed) => <Failure error={failed()} />}</Show>
            <PasswordField
              label={t('invitation.password')}
              hint={t('invitation.passwordHint')}
              error={error()}
              name="new-password"
              autocomplete="new-password"
              required
              value={password()}
              onInput={(event) => {
                setPassword(event.currentTarget.value)
                setError(null)
              }}
            />
            <div>
              <Button type="submit" variant="primary" busy={action.isBusy()}>
                {t('invitation.submit')}
              </Button>
            </div>
          </form>
        </Show>
      </Show>
    </Page>
  )
}

const Told = (props: { meaning: 'attention' | 'stored' | 'error'; text: string }) => (
  <Notice meaning={props.meaning} role="alert">
    <p>{props.text}</p>
  </Notice>
)

const Failure = (props: { error: unknown }) => (
  <Show when={isApiError(props.error, 'invitation-over')} fallback={<ErrorNotice error={props.error} />}>
    <Told meaning="error" text={t('invitation.used')} />
  </Show>
)

/** The password is set; only the sign-in that follows can still have failed. */
const Accepted = (props: { hasFailed: boolean }) => (
  <Show when={props.hasFailed}>
    <Told meaning="stored" text={t('invitation.accepted')} />
    <div>
      <ButtonLink variant="primary" href="/sign-in">
        {common('signIn.title')}
      </ButtonLink>
    </div>
  </Show>
)
