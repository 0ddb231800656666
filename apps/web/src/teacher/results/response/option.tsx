import type { JSX } from 'solid-js'
import { Html } from '../../../parts/html'

export type Option = { id: string; html: string }

/** The text of the option with this id; the id where it is not known. */
export const htmlOf = (options: readonly Option[] | undefined, id: string | undefined): JSX.Element => {
  const option = options?.find((each) => each.id === id)
  return option ? <Html html={option.html} isInline /> : (id ?? '–')
}
