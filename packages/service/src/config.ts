import { LogLevel, Milliseconds, Port } from '@hourglass/kit/config'
import { TracingConfig } from '@hourglass/kit/tracing'
import { z } from 'zod'

const VerifyingKey = z.object({ kid: z.string().min(1), publicKey: z.string().min(1) })
const ServiceKey = VerifyingKey.extend({ service: z.string().min(1) })

const listOf = <Item extends z.ZodType>(item: Item, members: string) =>
  z.string().transform((text, ctx): z.infer<Item>[] => {
    try {
      return z.array(item).min(1).parse(JSON.parse(text))
    } catch {
      ctx.addIssue({ code: 'custom', message: `must be a JSON list of { ${members} }` })
      return z.NEVER
    }
  })

/** A JSON list of `{ kid, publicKey }` in PEM (SPKI), several while a key is replaced by the next. */
export const PublicKeys = listOf(VerifyingKey, 'kid, publicKey')

/** PEM of an Ed25519 private key. */
export const PrivateKey = z.string().includes('PRIVATE KEY', { message: 'must be a private key in PEM' })

/** What every service reads from its environment; each extends it with its own. */
export const ServiceConfig = z.object({
  ...TracingConfig.shape,
  HOST: z.string().default('0.0.0.0'),
  PORT: Port.default(3000),
  METRICS_PORT: Port.default(9100),
  LOG_LEVEL: LogLevel.default('info'),
  /** The public halves of what signs access tokens. */
  ACCESS_PUBLIC_KEYS: PublicKeys,
  /** This service's own key, by which others know its calls. */
  SERVICE_KEY_ID: z.string().min(1),
  SERVICE_PRIVATE_KEY: PrivateKey,
  /** Those of all services: a JSON list of `{ service, kid, publicKey }`. */
  SERVICE_PUBLIC_KEYS: listOf(ServiceKey, 'service, kid, publicKey'),
})
export type ServiceConfig = z.infer<typeof ServiceConfig>

/** Where a service is: `http://exams:3000`, or its replicas after commas. */
export const Addresses = z
  .string()
  .transform((text) => text.split(',').map((url) => url.trim()))
  .pipe(z.array(z.url()).min(1))

/** Of a service that tells or hears events. */
export const BusConfig = z.object({ RABBITMQ_URL: z.url({ protocol: /^amqps?$/ }) })

/** Of a service that counts or fans out. */
export const CacheConfig = z.object({ REDIS_URL: z.url({ protocol: /^rediss?$/ }) })

/** Of a service with a PostgreSQL database of its own. */
export const DatabaseConfig = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  DATABASE_POOL: z.coerce.number().int().min(2).max(50).default(5),
  DATABASE_TIMEOUT_MS: Milliseconds.default(3_000),
  /** PEM of who signs the database's certificate: with it the connection is by TLS, and the name is checked. */
  DATABASE_CA: z.string().includes('CERTIFICATE').optional(),
})
export type DatabaseConfig = z.infer<typeof DatabaseConfig>
