import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** A bad environment. Its message lists every fault, one a line, and never a value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/**
 * Reads the environment once through one zod object. Throws a ConfigError that names every variable at fault.
 * An empty text counts as not set, as compose files and shells write it.
 */
export function readConfig<Schema extends z.ZodObject>(
  schema: Schema,
  environment: Readonly<Record<string, string | undefined>>,
): z.infer<Schema> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const result = schema.safeParse(given)
  if (result.success) return result.data
  const faults = result.error.issues.map((issue) => `  ${issue.path.join('.') || '(environment)'}: ${issue.message}`)
  throw new ConfigError(`The configuration has ${faults.length} fault(s):\n${faults.join('\n')}`)
}

/**
 * The environment, and below it what a JSON file of names and texts says that `CONFIG_FILE` names: so that secrets need not
 * stand in the environment. Throws a ConfigError when that file cannot be read.
 */
export function readEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  const file = environment.CONFIG_FILE
  if (!file) return environment
  try {
    const given = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(file, 'utf8')))
    const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
    return { ...given, ...set }
  } catch {
    throw new ConfigError(
      `The configuration has 1 fault(s):\n  CONFIG_FILE: ${file} is no readable JSON of names and texts`,
    )
  }
}

export const Port = z.coerce.number().int().min(1).max(65_535)
export const Milliseconds = z.coerce.number().int().positive()
export const LogLevel = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
