import { ServiceConfig } from '@hourglass/service/config'
import { z } from 'zod'

/** The environment of the exam room as a service of its own. */
export const Config = ServiceConfig.extend({
  DATABASE_TIMEOUT_MS: ServiceConfig.shape.DATABASE_TIMEOUT_MS.unwrap().default(1_500),
  SEAT_KEY_ID: z.string().min(1),
  /** PEM of this service's own Ed25519 private key: it signs the seat tokens. */
  SEAT_PRIVATE_KEY: z.string().includes('PRIVATE KEY'),
  RECEIPT_KEY: z.string().min(32),
  QUIZZES_URL: z.url(),
  NETWORK_GRACE_SECONDS: z.coerce.number().min(0).max(60).default(10),
})
export type Config = z.infer<typeof Config>
