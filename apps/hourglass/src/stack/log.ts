const levels: Record<number, string> = { 10: 'trace', 20: 'debug', 30: 'info', 40: 'warn', 50: 'error', 60: 'fatal' }
const shown = new Set(['level', 'time', 'service', 'msg', 'pid', 'hostname'])

/** A service's line for people: `12:00:01.123  exams-2   warn   the cache is away  operation=get`. What is no JSON stays as it is. */
export function renderLine(name: string, line: string): string {
  const place = name.padEnd(10)
  const fields = parse(line)
  if (!fields) return `${' '.repeat(12)}  ${place}  ${line}`
  const time = new Date(typeof fields.time === 'number' || typeof fields.time === 'string' ? fields.time : Date.now())
  const level = typeof fields.level === 'number' ? (levels[fields.level] ?? String(fields.level)) : String(fields.level)
  const rest = Object.entries(fields)
    .filter(([key]) => !shown.has(key))
    .map(([key, value]) => `${key}=${key === 'err' ? messageOf(value) : show(value)}`)
  return [time.toISOString().slice(11, 23), place, level.padEnd(5), String(fields.msg ?? ''), ...rest].join('  ')
}

/** Whether a line is of a level below `warn`: for the files, not for the console. */
export function isQuiet(line: string): boolean {
  const level = parse(line)?.level
  return typeof level === 'number' ? level < 40 : level === 'info' || level === 'debug' || level === 'trace'
}

function parse(line: string): Record<string, unknown> | null {
  if (!line.startsWith('{')) return null
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

const show = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

const messageOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error ? show(error.message) : show(error)
