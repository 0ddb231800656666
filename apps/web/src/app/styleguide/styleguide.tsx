import { For, type JSX } from 'solid-js'
import { locale, setLocale } from '../../lib/locale'
import { setTheme, theme } from '../../lib/theme'
import { Button } from '../../parts/button'
import { Page } from '../../parts/page'
import { Buttons } from './buttons'
import { Colours } from './colours'
import { Data } from './data'
import { Fields } from './fields'
import { States } from './states'
import './styleguide.css'

const sections: readonly { id: string; title: string; content: () => JSX.Element }[] = [
  { id: 'colours', title: 'Colours and type', content: () => <Colours /> },
  { id: 'buttons', title: 'Buttons, menus and dialogs', content: () => <Buttons /> },
  { id: 'fields', title: 'Fields', content: () => <Fields /> },
  { id: 'states', title: 'Notices, tags and states', content: () => <States /> },
  { id: 'data', title: 'Tables, tabs and plots', content: () => <Data /> },
]

/** Every part in every state, to be looked at in both themes and both directions: `/styleguide`, in development only. */
export default function Styleguide() {
  return (
    <Page
      title="Style guide"
      lead="Every part in every state. Only in development."
      actions={
        <>
          <Button onClick={() => setTheme(theme() === 'dark' ? 'light' : 'dark')}>Light or dark</Button>
          <Button onClick={() => setLocale(locale() === 'en' ? 'ar' : 'en')}>Turn direction</Button>
        </>
      }
    >
      <nav aria-label="Sections">
        <ul class="row guide-nav">
          <For each={sections}>
            {({ id, title }) => (
              <li>
                <a href={`#${id}`}>{title}</a>
              </li>
            )}
          </For>
        </ul>
      </nav>
      <For each={sections}>
        {({ id, title, content }) => (
          <section class="stack guide-section" id={id} aria-labelledby={`${id}-title`}>
            <h2 id={`${id}-title`}>{title}</h2>
            {content()}
          </section>
        )}
      </For>
    </Page>
  )
}
