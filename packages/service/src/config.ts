import { LogLevel, Milliseconds, Port } from '@hourglass/kit/config'
import { z } from 'zod'

const VerifyingKeys = z.array(z.object({ kid: z.string().min(1), publicKey: z.string().min(1) })).min(1)

/** A JSON list of `{ kid, publicKey }` in PEM (SPKI), several while a key is replaced by the next. */
export const PublicKeys = z.string().transform((text, ctx) => {
  try {
    return VerifyingKeys.parse(JSON.parse(text))
  } catch {
    ctx.addIssue({ code: 'custom', message: 'must be a JSON list of { kid, publicKey }' })
    return z.NEVER
  }
})

/** What every service reads from its environment; each extends it with its own. */
export const ServiceConfig = z.object({
  HOST: z.string().default('0.0.0.0'),
  PORT: Port.default(3000),
  METRICS_PORT: Port.default(9100),
  LOG_LEVEL: LogLevel.default('info'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  DATABASE_POOL: z.coerce.number().int().min(2).max(50).default(5),
  DATABASE_TIMEOUT_MS: Milliseconds.default(3_000),
  /** The public halves of what signs access tokens. */
  ACCESS_PUBLIC_KEYS: PublicKeys,
})
export type ServiceConfig = z.infer<typeof ServiceConfig>
