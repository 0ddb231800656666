import { type RouteSectionProps, useLocation, useNavigate } from '@solidjs/router'
import { type Component, createEffect, createSignal, type JSX, lazy, Match, onMount, Show, Switch } from 'solid-js'
import { person, type Role, refreshSession, sessionState } from '../lib/session'
import { t } from '../messages/common'
import { Dialog } from '../parts/dialog'
import { ErrorNotice } from '../parts/notice'
import { Skeleton } from '../parts/skeleton'
import { homeOf } from './navigation'
import { SignInForm } from './sign-in-form'

const NotFound = lazy(() => import('./not-found'))

/** A frame for pages of these roles. Made once for each group of routes. */
export function guard(roles: readonly Role[]): Component<RouteSectionProps> {
  return (props) => <Guard roles={roles}>{props.children}</Guard>
}

/** The exam room's: a seat opens it, too, so that a reload during an exam needs no sign-in service. */
export const roomGuard: Component<RouteSectionProps> = (props) => (
  <Guard roles={['student']} isOpenWithoutAnswer>
    {props.children}
  </Guard>
)

/**
 * Lets in who is signed in and may see the page; sends others to sign in and brings them back. When a session ends by itself the
 * page stays as it is, with what was typed, under a dialog to sign in again.
 */
function Guard(props: { roles: readonly Role[]; isOpenWithoutAnswer?: boolean; children: JSX.Element }) {
  const location = useLocation()
  const navigate = useNavigate()
  const [error, setError] = createSignal<unknown>(null)
  const ask = async () => {
    setError(null)
    await refreshSession().catch(setError)
  }
  onMount(() => sessionState() === 'unknown' && void ask())
  createEffect(() => {
    const who = person()
    if (sessionState() === 'signed-out') {
      navigate(`/sign-in?from=${encodeURIComponent(location.pathname + location.search)}`, { replace: true })
    } else if (who && location.pathname === '/' && !props.roles.includes(who.role)) {
      navigate(homeOf(who.role), { replace: true })
    }
  })
  const role = () => person()?.role
  return (
    <Switch>
      <Match when={error() && props.isOpenWithoutAnswer}>{props.children}</Match>
      <Match when={error()}>
        <div class="page page-text">
          <ErrorNotice error={error()} title={t('loaded.failed')} onRetry={() => void ask()} />
        </div>
      </Match>
      <Match when={!role()}>
        <div class="page page-text">
          <Skeleton kind="rows" lines={4} />
        </div>
      </Match>
      <Match when={role() && props.roles.some((allowed) => allowed === role())}>
        {props.children}
        <SignInAgain />
      </Match>
      <Match when={location.pathname !== '/'}>
        <NotFound />
      </Match>
    </Switch>
  )
}

/** Asks for the password over the page that is open, so that nothing on it is lost. */
function SignInAgain() {
  const navigate = useNavigate()
  const before = person()?.id
  return (
    <Dialog isOpen={sessionState() === 'expired'} onClose={() => undefined} title={t('signIn.again')}>
      <Show when={sessionState() === 'expired'}>
        <p>{t('signIn.againText')}</p>
        {/* Somebody else's page must not stay under a new person. */}
        <SignInForm
          email={person()?.email ?? ''}
          onSignedIn={(who) => who.id !== before && navigate(homeOf(who.role), { replace: true })}
        />
      </Show>
    </Dialog>
  )
}
