/**
 * Codes of the driver, of the socket, of the name service and of PostgreSQL (57P01–03: it stops or starts; 53300: too many connections; 57014: the
 * statement took too long) that say nothing about the request: the same may be stored in a moment.
 */
const codes = new Set([
  ...['CONNECTION_CLOSED', 'CONNECTION_DESTROYED', 'CONNECTION_ENDED', 'CONNECT_TIMEOUT'],
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
  ...['57P01', '57P02', '57P03', '53300', '57014'],
])

/** With these PostgreSQL ends the connection or does not begin it, as for a database that takes none (55000): the request is not meant. */
const endings: readonly unknown[] = ['FATAL', 'PANIC']

/** Whether a query failed because the database cannot be asked right now; drizzle's wrapping is looked into. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('code' in error && codes.has(String(error.code))) return true
  if ('severity' in error && endings.includes(error.severity)) return true
  return isDatabaseUnavailable(error.cause)
}
