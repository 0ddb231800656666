import { ServiceConfig } from '@hourglass/service/config'
import type { z } from 'zod'

/** The environment of the quizzes service as a service of its own. Large imports and publications take their time. */
export const Config = ServiceConfig.extend({
  DATABASE_TIMEOUT_MS: ServiceConfig.shape.DATABASE_TIMEOUT_MS.unwrap().default(10_000),
})
export type Config = z.infer<typeof Config>
