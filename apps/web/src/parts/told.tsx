import { Show } from 'solid-js'
import { type Meaning, Notice } from './notice'
import './told.css'

/** What an action came to, told politely where it was started; nothing while `text` is empty. */
export function Told(props: { text: string; meaning?: Meaning }) {
  return (
    <div role="status" class="told">
      <Show when={props.text}>
        {(text) => (
          <Notice meaning={props.meaning ?? 'stored'}>
            <p>{text()}</p>
          </Notice>
        )}
      </Show>
    </div>
  )
}
