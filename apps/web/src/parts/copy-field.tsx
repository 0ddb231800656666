import { createSignal, Show } from 'solid-js'
import { t } from '../messages/lists'
import { Button } from './button'
import './copy-field.css'
import { Field } from './field'

/** A text to carry elsewhere, such as a link: selected when it gets the focus, copied by its button. */
export function CopyField(props: { label: string; hint?: string; value: string }) {
  const [state, setState] = createSignal<'idle' | 'copied' | 'failed'>('idle')
  const copy = () =>
    copyText(props.value).then(
      () => setState('copied'),
      () => setState('failed'),
    )
  return (
    <Field label={props.label} hint={props.hint} error={state() === 'failed' ? t('copy.failed') : null}>
      {(control) => (
        <div class="copy-field">
          <input
            {...control}
            type="text"
            class="input"
            readonly
            value={props.value}
            onFocus={(event) => event.currentTarget.select()}
          />
          <Button {...(state() === 'copied' ? { icon: 'check' as const } : {})} onClick={copy}>
            {t(state() === 'copied' ? 'copy.copied' : 'copy.copy')}
          </Button>
          <span class="hidden-text" role="status">
            <Show when={state() === 'copied'}>{t('copy.copied')}</Show>
          </span>
        </div>
      )}
    </Field>
  )
}

/** Rejects where the browser has no clipboard for this page, as on plain HTTP. */
export async function copyText(text: string): Promise<void> {
  await navigator.clipboard.writeText(text)
}
