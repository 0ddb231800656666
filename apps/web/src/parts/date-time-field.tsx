import { fromLocalInput, toLocalInput } from '../lib/local-time'
import { type FieldProps, TextField } from './field'

/** A moment, written in this computer's zone and kept as UTC; empty is `null`. */
export function DateTimeField(
  props: FieldProps & { value: string | null; onChange: (value: string | null) => void; disabled?: boolean },
) {
  return (
    <TextField
      label={props.label}
      hint={props.hint}
      error={props.error}
      isOptional={props.isOptional ?? false}
      type="datetime-local"
      max="9999-12-31T23:59"
      disabled={props.disabled ?? false}
      value={toLocalInput(props.value)}
      onChange={(event) => props.onChange(fromLocalInput(event.currentTarget.value))}
    />
  )
}
