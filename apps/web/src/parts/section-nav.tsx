import { A } from '@solidjs/router'
import { For } from 'solid-js'
import './section-nav.css'

/** The pages of one thing, each at its own address. */
export function SectionNav(props: { label: string; links: readonly { href: string; label: string }[] }) {
  return (
    <nav class="section-nav" aria-label={props.label}>
      <ul>
        <For each={props.links}>
          {(link) => (
            <li>
              <A class="section-link" href={link.href} end>
                {link.label}
              </A>
            </li>
          )}
        </For>
      </ul>
    </nav>
  )
}
