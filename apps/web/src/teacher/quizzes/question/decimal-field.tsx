import { isDecimal, tidyDecimal } from '../../../lib/decimal'
import { TextField } from '../../../parts/field'
import { useFormFaults } from './form-context'

/** A number that is kept as its text. `path` is its address in the draft, where its fault is told. */
export function DecimalField(props: {
  label: string
  hint?: string
  path: string
  value: string
  onChange: (text: string) => void
}) {
  const faults = useFormFaults()
  return (
    <TextField
      class="decimal-field"
      label={props.label}
      hint={props.hint}
      error={faults.at(props.path, props.value)}
      inputMode="decimal"
      autocomplete="off"
      maxLength={30}
      value={props.value}
      onInput={(event) => props.onChange(event.currentTarget.value)}
      onChange={(event) =>
        isDecimal(event.currentTarget.value) && props.onChange(tidyDecimal(event.currentTarget.value))
      }
    />
  )
}
