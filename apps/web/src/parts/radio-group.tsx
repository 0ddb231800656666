import { createUniqueId, For, type JSX, Show } from 'solid-js'
import { FieldError, type FieldProps } from './text-field'

export type Option<Value extends string = string> = { value: Value; label: string; hint?: string; isDisabled?: boolean }

export function RadioGroup<Value extends string>(
  props: Omit<FieldProps, 'isOptional'> & {
    options: readonly (Omit<Option<Value>, 'label'> & { label: JSX.Element })[]
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
