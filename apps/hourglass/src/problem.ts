export { Problem } from '@hourglass/servers/problem'

/** The `code` of a system error, such as `EACCES`. */
export const systemCodeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
