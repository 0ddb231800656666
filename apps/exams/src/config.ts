import { Addresses, BusConfig, CacheConfig, DatabaseConfig, PrivateKey, ServiceConfig } from '@hourglass/service/config'
import { z } from 'zod'

/** The environment of the exam room as a service of its own. */
export const Config = z.object({
  ...ServiceConfig.shape,
  ...BusConfig.shape,
  ...CacheConfig.shape,
  ...DatabaseConfig.shape,
  DATABASE_TIMEOUT_MS: DatabaseConfig.shape.DATABASE_TIMEOUT_MS.unwrap().default(1_500),
  /** Connections for jobs and events, beside those for requests. */
  DATABASE_BACKGROUND_POOL: z.coerce.number().int().min(1).max(20).default(3),
  SEAT_KEY_ID: z.string().min(1),
  /** This service's own Ed25519 private key: it signs the seat tokens. */
  SEAT_PRIVATE_KEY: PrivateKey,
  RECEIPT_KEY: z.string().min(32),
  STUDENTS_URL: Addresses,
  QUIZZES_URL: Addresses,
  NETWORK_GRACE_SECONDS: z.coerce.number().min(0).max(60).default(10),
})
