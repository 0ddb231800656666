import { createSignal, createUniqueId, type JSX, Show, splitProps } from 'solid-js'
import { t } from '../messages/common'
import './field.css'
import { Icon } from './icon'

export type FieldProps = {
  label: string
  /** Stands above the control and is read with it. */
  hint?: string | undefined
  /** What is wrong and what to do; null or absent while all is well. */
  error?: string | null | undefined
  isOptional?: boolean
  /** Keeps the label for screen readers alone, where a heading beside it says the same. */
  isLabelHidden?: boolean
}

/** What a control needs so that its label, hint and error belong to it. */
export type ControlAttributes = {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': 'true' | undefined
}

/** Label, hint and error around one control. */
export function Field(props: FieldProps & { children: (control: ControlAttributes) => JSX.Element; class?: string }) {
  const id = createUniqueId()
  const described = () =>
    [props.hint ? `${id}-hint` : '', props.error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined
  const control: ControlAttributes = {
    id,
    get 'aria-describedby'() {
      return described()
    },
    get 'aria-invalid'() {
      return props.error ? ('true' as const) : undefined
    },
  }
  return (
    <div class={`field ${props.class ?? ''}`}>
      <label for={id} class="field-label" classList={{ 'hidden-text': props.isLabelHidden ?? false }}>
        {props.label}
        <Show when={props.isOptional}>
          <span class="field-optional"> {`(${t('field.optional')})`}</span>
        </Show>
      </label>
      <Show when={props.hint}>
        <p id={`${id}-hint`} class="field-hint">
          {props.hint}
        </p>
      </Show>
      {props.children(control)}
      <FieldError id={id} error={props.error} />
    </div>
  )
}

export function FieldError(props: { id: string; error: string | null | undefined }) {
  return (
    <Show when={props.error}>
      <p id={`${props.id}-error`} class="field-error">
        <Icon name="error" />
        {props.error}
      </p>
    </Show>
  )
}

export const fieldKeys = ['label', 'hint', 'error', 'isOptional', 'isLabelHidden'] as const

export function TextField(props: FieldProps & JSX.InputHTMLAttributes<HTMLInputElement>) {
  const [field, own, input] = splitProps(props, fieldKeys, ['class'])
  return (
    <Field {...field} class={own.class ?? ''}>
      {(control) => <input type="text" class="input" {...control} {...input} />}
    </Field>
  )
}

/** A password with a button that shows it: typing blind helps nobody who is alone. */
export function PasswordField(props: FieldProps & JSX.InputHTMLAttributes<HTMLInputElement>) {
  const [field, input] = splitProps(props, fieldKeys)
  const [isShown, setShown] = createSignal(false)
  return (
    <Field {...field}>
      {(control) => (
        <div class="input-group">
          <input class="input" {...control} {...input} type={isShown() ? 'text' : 'password'} />
          <button
            type="button"
            class="input-addon"
            aria-pressed={isShown()}
            onClick={() => setShown(!isShown())}
            aria-label={t(isShown() ? 'password.hide' : 'password.show')}
          >
            <Icon name="eye" />
          </button>
        </div>
      )}
    </Field>
  )
}
