import { LogLevel, Milliseconds, Port } from '@hourglass/kit/config'
import { z } from 'zod'

export const Config = z.object({
  PORT: Port.default(3_004),
  HOST: z.string().default('0.0.0.0'),
  LOG_LEVEL: LogLevel.default('info'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(100).default(8),
  /** PEM (SPKI) of the Ed25519 key that signs access tokens, and its `kid`. */
  ACCESS_PUBLIC_KEY: z.string().min(1),
  ACCESS_KEY_ID: z.string().min(1),
  QUIZZES_URL: z.url(),
  EXAMS_URL: z.url(),
  OUTBOUND_TIMEOUT_MS: Milliseconds.default(3_000),
})
export type Config = z.infer<typeof Config>
