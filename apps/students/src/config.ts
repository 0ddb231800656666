import { LogLevel, Milliseconds, Port } from '@hourglass/kit/config'
import { z } from 'zod'

/** The environment of the students service as a service of its own. */
export const Config = z.object({
  PORT: Port.default(3001),
  HOST: z.string().default('0.0.0.0'),
  DATABASE_URL: z.string().startsWith('postgres'),
  DATABASE_POOL: z.coerce.number().int().min(2).max(50).default(5),
  DATABASE_TIMEOUT_MS: Milliseconds.default(3_000),
  ACCESS_KEY_ID: z.string().min(1),
  /** PEM of this service's own Ed25519 private key: it signs the access tokens. */
  ACCESS_PRIVATE_KEY: z.string().includes('PRIVATE KEY'),
  REFRESH_SECRET: z.string().min(32),
  /** Where people reach the product; more origins follow after commas. */
  ORIGINS: z.string().transform((text) => text.split(',').flatMap((origin) => origin.trim() || [])),
  /** The first admin, made once; without them nobody is. */
  FIRST_ADMIN_EMAIL: z.email().optional(),
  FIRST_ADMIN_PASSWORD: z.string().min(8).optional(),
  LOG_LEVEL: LogLevel.default('info'),
})
export type Config = z.infer<typeof Config>
