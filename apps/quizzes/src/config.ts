import { LogLevel, Port } from '@hourglass/kit/config'
import { z } from 'zod'

/** `quizzes` as a program of its own. */
export const QuizzesConfig = z.object({
  HOST: z.string().default('0.0.0.0'),
  PORT: Port.default(3000),
  METRICS_PORT: Port.default(9100),
  LOG_LEVEL: LogLevel.default('info'),
  DATABASE_URL: z.url(),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(100).default(10),
  /** JSON list of `{ kid, publicKey }`: access tokens. */
  ACCESS_PUBLIC_KEYS: z.string().transform(readKeys),
})
export type QuizzesConfig = z.infer<typeof QuizzesConfig>

const VerifyingKeys = z.array(z.object({ kid: z.string().min(1), publicKey: z.string().min(1) })).min(1)

function readKeys(text: string, ctx: z.RefinementCtx): z.infer<typeof VerifyingKeys> {
  try {
    return VerifyingKeys.parse(JSON.parse(text))
  } catch {
    ctx.addIssue({ code: 'custom', message: 'must be a JSON list of { kid, publicKey }' })
    return z.NEVER
  }
}
