import { Addresses, CacheConfig, PublicKeys, ServiceConfig } from '@hourglass/service/config'
import { z } from 'zod'

const list = z
  .string()
  .default('')
  .transform((text) => text.split(',').flatMap((part) => part.trim() || []))

/** Apart, since the single process reads it, too. */
export const PageTelemetryConfig = z.object({
  /** `off`: pages may report nothing of themselves, and stop at the first try. */
  PAGE_TELEMETRY: z.enum(['on', 'off']).default('on'),
})

/** The gateway as a program of its own. Lists are separated by commas. */
export const GatewayConfig = z.object({
  ...ServiceConfig.omit({ SERVICE_PUBLIC_KEYS: true }).shape,
  ...CacheConfig.shape,
  ...PageTelemetryConfig.shape,
  PUBLIC_URL: z.url(),
  STUDENTS_URL: Addresses,
  QUIZZES_URL: Addresses,
  EXAMS_URL: Addresses,
  GRADING_URL: Addresses,
  NOTIFIER_URL: Addresses,
  /** As `ACCESS_PUBLIC_KEYS`, for seat tokens, which `exams` signs. */
  SEAT_PUBLIC_KEYS: PublicKeys,
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
