import { createUniqueId, For, type JSX, Show, splitProps } from 'solid-js'
import type { Option } from './radio-group'
import { Field, type FieldProps, fieldKeys } from './text-field'

// Pages that students load take these from their own files, and nothing else of this one.
export { type Option, RadioGroup } from './radio-group'
export { Field, type FieldProps, PasswordField, TextField } from './text-field'

export function TextArea(props: FieldProps & JSX.TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const [field, input] = splitProps(props, fieldKeys)
  return <Field {...field}>{(control) => <textarea class="input" rows={4} {...control} {...input} />}</Field>
}

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
