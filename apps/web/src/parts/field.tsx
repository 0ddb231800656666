import { createUniqueId, For, type JSX, Show, splitProps } from 'solid-js'
import { Field, FieldError, type FieldProps, fieldKeys } from './text-field'

// The sign-in form takes these two from their own file: every page loads it, and nothing else of this one.
export { Field, type FieldProps, PasswordField, TextField } from './text-field'

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
