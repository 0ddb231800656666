import { ServiceConfig } from '@hourglass/service/config'
import { z } from 'zod'

/** The environment of the students service as a service of its own. */
export const Config = ServiceConfig.extend({
  ACCESS_KEY_ID: z.string().min(1),
  /** PEM of this service's own Ed25519 private key: it signs the access tokens. */
  ACCESS_PRIVATE_KEY: z.string().includes('PRIVATE KEY'),
  REFRESH_SECRET: z.string().min(32),
  /** Where people reach the product; more origins follow after commas. */
  ORIGINS: z.string().transform((text) => text.split(',').flatMap((origin) => origin.trim() || [])),
  /** The first admin, made once; without them nobody is. */
  FIRST_ADMIN_EMAIL: z.email().optional(),
  FIRST_ADMIN_PASSWORD: z.string().min(8).optional(),
})
export type Config = z.infer<typeof Config>
