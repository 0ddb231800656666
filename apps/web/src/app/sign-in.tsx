import { useNavigate, useSearchParams } from '@solidjs/router'
import { createEffect, onMount } from 'solid-js'
import { person, refreshSession, sessionState } from '../lib/session'
import { t } from '../messages/common'
import { Page } from '../parts/page'
import { homeOf } from './navigation'
import { SignInForm } from './sign-in-form'

export default function SignIn() {
  const navigate = useNavigate()
  const [search] = useSearchParams<{ from?: string }>()
  // Whoever is signed in already, by a cookie or in another tab, goes straight on.
  onMount(() => sessionState() === 'unknown' && void refreshSession().catch(() => undefined))
  createEffect(() => {
    const who = person()
    if (who && sessionState() === 'signed-in') navigate(ownPath(search.from) ?? homeOf(who.role), { replace: true })
  })
  return (
    <Page title={t('signIn.title')} lead={t('signIn.lead')} width="text">
      <SignInForm onSignedIn={() => undefined} />
      <p class="soft">{t('signIn.help')}</p>
    </Page>
  )
}

/** A path of this site; never another's address, which a link could carry in. */
function ownPath(from: string | undefined): string | null {
  if (!from?.startsWith('/')) return null
  const url = new URL(from, location.origin)
  return url.origin === location.origin ? url.pathname + url.search : null
}
