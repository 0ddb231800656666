/** What keeps the program from running and somebody at the keyboard can mend: one line that says what to do. */
export class Problem extends Error {
  override readonly name = 'Problem'
}

/** The `code` of a system error, such as `EACCES`. */
export const systemCodeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
