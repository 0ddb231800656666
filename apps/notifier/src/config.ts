import { LogLevel, Milliseconds, Port } from '@hourglass/kit/config'
import { z } from 'zod'

/** The environment of the notifier as a service of its own. */
export const Config = z.object({
  PORT: Port.default(3005),
  HOST: z.string().default('0.0.0.0'),
  DATABASE_URL: z.string().startsWith('postgres'),
  DATABASE_POOL: z.coerce.number().int().min(2).max(50).default(3),
  DATABASE_TIMEOUT_MS: Milliseconds.default(3_000),
  ACCESS_KEY_ID: z.string().min(1),
  /** PEM of the public half of students' signing key. */
  ACCESS_PUBLIC_KEY: z.string().includes('PUBLIC KEY'),
  /** Where people open Hourglass. */
  PUBLIC_URL: z.url(),
  /** Whether people may read their mail at `/api/messages`. */
  MAILBOX: z.stringbool().default(false),
  LOG_LEVEL: LogLevel.default('info'),
})
export type Config = z.infer<typeof Config>
