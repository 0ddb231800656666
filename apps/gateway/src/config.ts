import { LogLevel, Port } from '@hourglass/kit/config'
import { z } from 'zod'

const list = z
  .string()
  .default('')
  .transform((text) => text.split(',').flatMap((part) => part.trim() || []))

/** The gateway as a program of its own. Lists are separated by commas. */
export const GatewayConfig = z.object({
  HOST: z.string().default('0.0.0.0'),
  PORT: Port.default(3000),
  METRICS_PORT: Port.default(9100),
  LOG_LEVEL: LogLevel.default('info'),
  PUBLIC_URL: z.url(),
  STUDENTS_URL: z.url(),
  QUIZZES_URL: z.url(),
  EXAMS_URL: z.url(),
  GRADING_URL: z.url(),
  NOTIFIER_URL: z.url(),
  /** JSON list of `{ kid, publicKey }`: access tokens. */
  ACCESS_PUBLIC_KEYS: z.string().transform(readKeys),
  /** The same for seat tokens, which `exams` signs. */
  SEAT_PUBLIC_KEYS: z.string().transform(readKeys),
  /**
   * Bun's own, read by it when it starts: requests to services at once. An open stream is one, so with the usual 256 the
   * 257th student's stream would hold up every save.
   */
  BUN_CONFIG_MAX_HTTP_REQUESTS: z.coerce.number().int().min(2_000).max(65_336),
  UI_FOLDER: z.string().optional(),
  UI_DEV_SERVER: z.url().optional(),
  TRUSTED_PROXIES: list,
  CORS_ORIGINS: list,
})
export type GatewayConfig = z.infer<typeof GatewayConfig>

const VerifyingKeys = z.array(z.object({ kid: z.string().min(1), publicKey: z.string().min(1) })).min(1)

function readKeys(text: string, ctx: z.RefinementCtx): z.infer<typeof VerifyingKeys> {
  try {
    return VerifyingKeys.parse(JSON.parse(text))
  } catch {
    ctx.addIssue({ code: 'custom', message: 'must be a JSON list of { kid, publicKey }' })
    return z.NEVER
  }
}
