import { UnprocessableError } from '@hourglass/kit/errors'

/**
 * Refuses texts that no store and no JSON can keep as they are: U+0000 and halves of a surrogate pair.
 * Throws an UnprocessableError that names the places, never the texts.
 */
export function assertStorable(value: unknown): void {
  const faults = [...findUnstorable(value, [])].slice(0, 50)
  if (faults.length === 0) return
  throw new UnprocessableError('invalid', 'The request does not have the expected form.', { faults })
}

function* findUnstorable(
  value: unknown,
  path: readonly (string | number)[],
): Generator<{ path: string; message: string }> {
  if (typeof value === 'string') {
    if (value.includes('\0') || !value.isWellFormed()) {
      yield { path: path.join('.'), message: 'holds a character that cannot be stored' }
    }
  } else if (Array.isArray(value)) {
    for (const [index, member] of value.entries()) yield* findUnstorable(member, [...path, index])
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) yield* findUnstorable(member, [...path, name])
  }
}

export const isStorable = (value: unknown): boolean => findUnstorable(value, []).next().done === true
