import { LogLevel, Milliseconds, Port } from '@hourglass/kit/config'
import { z } from 'zod'

/** The environment of the exam room as a service of its own. */
export const Config = z.object({
  PORT: Port.default(3003),
  HOST: z.string().default('0.0.0.0'),
  DATABASE_URL: z.string().startsWith('postgres'),
  DATABASE_POOL: z.coerce.number().int().min(2).max(50).default(5),
  DATABASE_TIMEOUT_MS: Milliseconds.default(1_500),
  ACCESS_KEY_ID: z.string().min(1),
  /** PEM of the public half of students' signing key. */
  ACCESS_PUBLIC_KEY: z.string().includes('PUBLIC KEY'),
  SEAT_KEY_ID: z.string().min(1),
  /** PEM of this service's own Ed25519 private key. */
  SEAT_PRIVATE_KEY: z.string().includes('PRIVATE KEY'),
  RECEIPT_KEY: z.string().min(32),
  QUIZZES_URL: z.url(),
  NETWORK_GRACE_SECONDS: z.coerce.number().min(0).max(60).default(10),
  LOG_LEVEL: LogLevel.default('info'),
})
export type Config = z.infer<typeof Config>
