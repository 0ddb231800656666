import { createSignal, createUniqueId, For, type JSX, Show, splitProps } from 'solid-js'
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

function FieldError(props: { id: string; error: string | null | undefined }) {
  return (
    <Show when={props.error}>
      <p id={`${props.id}-error`} class="field-error">
        <Icon name="error" />
        {props.error}
      </p>
    </Show>
  )
}

const fieldKeys = ['label', 'hint', 'error', 'isOptional', 'isLabelHidden'] as const

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

export function TextArea(props: FieldProps & JSX.TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const [field, input] = splitProps(props, fieldKeys)
  return <Field {...field}>{(control) => <textarea class="input" rows={4} {...control} {...input} />}</Field>
}

export type Option<Value extends string = string> = { value: Value; label: string; hint?: string; isDisabled?: boolean }

export function Select<Value extends string>(
  props: FieldProps & {
    options: readonly Option<Value>[]
    value: Value | null
    onChange: (value: Value) => void
    /** Shown while nothing is chosen. */
    placeholder?: string
  } & Omit<JSX.SelectHTMLAttributes<HTMLSelectElement>, 'onChange' | 'value' | 'children'>,
) {
  const [field, own, rest] = splitProps(props, fieldKeys, ['options', 'value', 'onChange', 'placeholder'])
  const choose = (value: string) => {
    const option = own.options.find((candidate) => candidate.value === value)
    if (option) own.onChange(option.value)
  }
  return (
    <Field {...field}>
      {(control) => (
        <select class="input" {...control} {...rest} onChange={(event) => choose(event.currentTarget.value)}>
          <Show when={own.placeholder !== undefined}>
            <option value="" selected={own.value === null}>
              {own.placeholder}
            </option>
          </Show>
          <For each={own.options}>
            {(option) => (
              <option value={option.value} selected={option.value === own.value} disabled={option.isDisabled ?? false}>
                {option.label}
              </option>
            )}
          </For>
        </select>
      )}
    </Field>
  )
}

export function Checkbox(
  props: { label: JSX.Element; hint?: string } & Omit<JSX.InputHTMLAttributes<HTMLInputElement>, 'type'>,
) {
  const [own, input] = splitProps(props, ['label', 'hint'])
  const id = createUniqueId()
  return (
    <div class="choice">
      <input
        type="checkbox"
        id={id}
        aria-describedby={own.hint ? `${id}-hint` : undefined}
        class="choice-mark"
        {...input}
      />
      <label for={id} class="choice-label">
        {own.label}
        <Show when={own.hint}>
          <span id={`${id}-hint`} class="field-hint">
            {own.hint}
          </span>
        </Show>
      </label>
    </div>
  )
}

export function RadioGroup<Value extends string>(
  props: Omit<FieldProps, 'isOptional'> & {
    options: readonly Option<Value>[]
    value: Value | null
    onChange: (value: Value) => void
    isInline?: boolean
    name?: string
  },
) {
  const id = createUniqueId()
  return (
    <fieldset class="field" aria-describedby={props.error ? `${id}-error` : undefined}>
      <legend class="field-label" classList={{ 'hidden-text': props.isLabelHidden ?? false }}>
        {props.label}
      </legend>
      <Show when={props.hint}>
        <p class="field-hint">{props.hint}</p>
      </Show>
      <div class="choices" classList={{ 'choices-inline': props.isInline ?? false }}>
        <For each={props.options}>
          {(option, index) => (
            <div class="choice">
              <input
                type="radio"
                class="choice-mark"
                id={`${id}-${index()}`}
                name={props.name ?? id}
                value={option.value}
                checked={props.value === option.value}
                disabled={option.isDisabled ?? false}
                onChange={() => props.onChange(option.value)}
              />
              <label for={`${id}-${index()}`} class="choice-label">
                {option.label}
                <Show when={option.hint}>
                  <span class="field-hint">{option.hint}</span>
                </Show>
              </label>
            </div>
          )}
        </For>
      </div>
      <FieldError id={id} error={props.error} />
    </fieldset>
  )
}
