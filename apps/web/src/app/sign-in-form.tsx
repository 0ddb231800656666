import { createSignal, Show } from 'solid-js'
import { isApiError } from '../lib/api-error'
import { createAction } from '../lib/load'
import { type Person, person, signIn } from '../lib/session'
import { t } from '../messages/common'
import { Button } from '../parts/button'
import { ErrorNotice, Notice } from '../parts/notice'
import { PasswordField, TextField } from '../parts/text-field'

/** Address and password; keeps both when they do not fit. */
export function SignInForm(props: { email?: string; onSignedIn: (person: Person) => void }) {
  const [email, setEmail] = createSignal(props.email ?? '')
  const [password, setPassword] = createSignal('')
  const action = createAction()
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const isDone = await action.run(() => signIn(email().trim(), password()))
    const who = person()
    if (isDone && who) props.onSignedIn(who)
  }
  const isWrong = () => {
    const error = action.error()
    return isApiError(error) && error.status === 401
  }
  return (
    <form class="stack" onSubmit={submit}>
      <Show when={action.error()}>
        {(error) => (
          <Show when={isWrong()} fallback={<ErrorNotice error={error()} />}>
            <Notice meaning="error" role="alert">
              <p>{t('signIn.failed')}</p>
            </Notice>
          </Show>
        )}
      </Show>
      <TextField
        label={t('signIn.email')}
        type="email"
        name="email"
        autocomplete="username"
        required
        value={email()}
        onInput={(event) => setEmail(event.currentTarget.value)}
      />
      <PasswordField
        label={t('signIn.password')}
        name="password"
        autocomplete="current-password"
        required
        value={password()}
        onInput={(event) => setPassword(event.currentTarget.value)}
      />
      <div>
        <Button type="submit" variant="primary" busy={action.isBusy()}>
          {t('signIn.submit')}
        </Button>
      </div>
    </form>
  )
}
