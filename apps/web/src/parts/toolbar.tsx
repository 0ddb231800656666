import type { JSX } from 'solid-js'
import './toolbar.css'

/** Controls that belong together, above what they change. `end` goes to the far side. */
export function Toolbar(props: { label: string; children?: JSX.Element; end?: JSX.Element }) {
  return (
    <fieldset class="toolbar" aria-label={props.label}>
      <div class="toolbar-part">{props.children}</div>
      <div class="toolbar-part">{props.end}</div>
    </fieldset>
  )
}
