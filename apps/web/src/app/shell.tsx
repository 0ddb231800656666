import { A, type RouteSectionProps, useNavigate } from '@solidjs/router'
import { createSignal, For, type JSX, Show } from 'solid-js'
import { person, signOut } from '../lib/session'
import { t } from '../messages/common'
import { Icon } from '../parts/icon'
import { homeOf, linksOf } from './navigation'
import './shell.css'

/** Header with the role's links, the page, and a way past the header. */
export function Shell(props: RouteSectionProps) {
  return <Frame header={<Header />}>{props.children}</Frame>
}

/** The bare frame: skip link, header, the page's own place. The exam room fills the header itself. */
export function Frame(props: { header?: JSX.Element; children: JSX.Element }) {
  return (
    <>
      {/* biome-ignore lint/a11y/useValidAnchor: it goes to a place on this page; the router would take a plain fragment as a page */}
      <a class="skip-link" href="#content" onClick={focusContent}>
        {t('skip.content')}
      </a>
      {props.header}
      <main id="content" class="main" tabIndex={-1}>
        {props.children}
      </main>
    </>
  )
}

function Header() {
  const navigate = useNavigate()
  const [isOpen, setOpen] = createSignal(false)
  let toggle: HTMLButtonElement | undefined
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !isOpen()) return
    setOpen(false)
    toggle?.focus()
  }
  const leave = async () => {
    // Without the room's script, or where the browser keeps nothing, there are no seats to take out.
    if (person()?.role === 'student') {
      await import('../student/room/room-page').then(({ forgetSeats }) => forgetSeats()).catch(() => undefined)
    }
    await signOut()
    navigate('/sign-in')
  }
  return (
    <header class="header">
      <div class="header-row">
        <Show when={person()} fallback={<Brand href="/sign-in" />}>
          {(who) => (
            <>
              <Brand href={homeOf(who().role)} />
              <button
                ref={toggle}
                type="button"
                class="header-toggle button button-quiet button-target"
                aria-expanded={isOpen()}
                aria-controls="main-nav"
                onClick={() => setOpen(!isOpen())}
                onKeyDown={closeOnEscape}
              >
                <Icon name={isOpen() ? 'close' : 'menu'} />
                {t('nav.open')}
              </button>
              <nav
                id="main-nav"
                class="header-nav"
                classList={{ 'header-nav-open': isOpen() }}
                aria-label={t('nav.main')}
                onClick={() => setOpen(false)}
                onKeyDown={closeOnEscape}
              >
                <ul>
                  <For each={linksOf(who().role)}>
                    {(link) => (
                      <li>
                        <A href={link.href} end={link.href === '/'} class="header-link">
                          {link.label}
                        </A>
                      </li>
                    )}
                  </For>
                </ul>
                <ul>
                  <li>
                    <A href="/account" class="header-link">
                      <Icon name="person" />
                      {who().name}
                    </A>
                  </li>
                  <li>
                    <button type="button" class="header-link" onClick={leave}>
                      {t('nav.signOut')}
                    </button>
                  </li>
                </ul>
              </nav>
            </>
          )}
        </Show>
      </div>
    </header>
  )
}

const Brand = (props: { href: string }) => (
  <A href={props.href} class="brand" end>
    <Icon name="hourglass" />
    {t('app.name')}
  </A>
)

function focusContent(event: MouseEvent): void {
  event.preventDefault()
  document.getElementById('content')?.focus()
}
