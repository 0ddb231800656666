import { Addresses, BusConfig, DatabaseConfig, PrivateKey, ServiceConfig } from '@hourglass/service/config'
import { z } from 'zod'

/** The environment of the students service as a service of its own. */
export const Config = z.object({
  ...ServiceConfig.shape,
  ...BusConfig.shape,
  ...DatabaseConfig.shape,
  ACCESS_KEY_ID: z.string().min(1),
  /** This service's own Ed25519 private key: it signs the access tokens. */
  ACCESS_PRIVATE_KEY: PrivateKey,
  EXAMS_URL: Addresses,
  REFRESH_SECRET: z.string().min(32),
  /** Where people reach the product; more origins follow after commas. */
  ORIGINS: z.string().transform((text) => text.split(',').flatMap((origin) => origin.trim() || [])),
  /** The first admin, made once; without them nobody is. */
  FIRST_ADMIN_EMAIL: z.email().optional(),
  FIRST_ADMIN_PASSWORD: z.string().min(8).optional(),
})
