import { createSignal, Show } from 'solid-js'
import { api, isApiError } from '../lib/api'
import { createAction } from '../lib/load'
import { type Locale, locale, setLocale } from '../lib/locale'
import { person } from '../lib/session'
import { choiceKey, isMeasuring, isRefusedByBrowser } from '../lib/telemetry/choice'
import { passNotes } from '../lib/telemetry/notes'
import { setTheme, type Theme, theme } from '../lib/theme'
import { t } from '../messages/account'
import { t as common } from '../messages/common'
import { Button } from '../parts/button'
import { ErrorNotice, Notice } from '../parts/notice'
import { Page } from '../parts/page'
import { RadioGroup } from '../parts/radio-group'
import { Tag } from '../parts/tag'
import { PasswordField } from '../parts/text-field'

export default function Account() {
  return (
    <Page
      title={t('account.title')}
      width="text"
      lead={
        <Show when={person()}>
          {(who) => (
            <p class="row">
              {t('account.who', { name: who().name, email: who().email })}
              <Tag>{common(`account.role.${who().role}`)}</Tag>
            </p>
          )}
        </Show>
      }
    >
      <section class="stack" aria-labelledby="appearance">
        <h2 id="appearance">{t('account.appearance')}</h2>
        <RadioGroup
          label={t('account.theme')}
          isInline
          options={(['system', 'light', 'dark'] as const).map((value: Theme) => ({
            value,
            label: t(`account.theme.${value}`),
          }))}
          value={theme()}
          onChange={setTheme}
        />
        <RadioGroup
          label={t('account.language')}
          options={(['en', 'ar'] as const).map((value: Locale) => ({ value, label: t(`account.language.${value}`) }))}
          value={locale()}
          onChange={setLocale}
        />
      </section>
      <section class="stack" aria-labelledby="measurements">
        <h2 id="measurements">{t('account.measurements')}</h2>
        <MeasurementsChoice />
      </section>
      <section class="stack" aria-labelledby="password">
        <h2 id="password">{t('account.password')}</h2>
        <PasswordChange />
      </section>
    </Page>
  )
}

/** Off holds from now on, on from the next page that is loaded. */
function MeasurementsChoice() {
  const [isOn, setOn] = createSignal(isMeasuring())
  const choose = (value: 'on' | 'off') => {
    try {
      localStorage.setItem(choiceKey, value)
    } catch {
      // Without storage nothing is measured.
    }
    if (value === 'off') passNotes(null)
    setOn(isMeasuring())
  }
  return (
    <RadioGroup
      label={t('account.measurements.label')}
      hint={t(isRefusedByBrowser() ? 'account.measurements.refused' : 'account.measurements.hint')}
      isInline
      options={(['on', 'off'] as const).map((value) => ({
        value,
        label: t(`account.measurements.${value}`),
        isDisabled: isRefusedByBrowser(),
      }))}
      value={isOn() ? 'on' : 'off'}
      onChange={choose}
    />
  )
}

function PasswordChange() {
  const [current, setCurrent] = createSignal('')
  const [next, setNext] = createSignal('')
  const [isChanged, setChanged] = createSignal(false)
  const action = createAction()
  const isWrong = () => isApiError(action.error(), 'wrong-password')
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    setChanged(false)
    const change = { currentPassword: current(), newPassword: next() }
    if (!(await action.run(() => api.put('/api/people/me/password', change)))) return
    setCurrent('')
    setNext('')
    setChanged(true)
  }
  return (
    <form class="stack" onSubmit={submit}>
      {/* Password managers file the new password under this address. */}
      <input type="hidden" autocomplete="username" value={person()?.email ?? ''} />
      <div role="status">
        <Show when={isChanged()}>
          <Notice meaning="stored">
            <p>{t('account.changed')}</p>
          </Notice>
        </Show>
      </div>
      <Show when={!isWrong() && action.error()}>{(error) => <ErrorNotice error={error()} />}</Show>
      <PasswordField
        label={t('account.current')}
        error={isWrong() ? t('account.wrong') : null}
        autocomplete="current-password"
        required
        value={current()}
        onInput={(event) => setCurrent(event.currentTarget.value)}
      />
      <PasswordField
        label={t('account.new')}
        hint={t('invitation.passwordHint')}
        autocomplete="new-password"
        required
        minLength={8}
        value={next()}
        onInput={(event) => setNext(event.currentTarget.value)}
      />
      <div>
        <Button type="submit" variant="primary" busy={action.isBusy()}>
          {t('account.change')}
        </Button>
      </div>
    </form>
  )
}
