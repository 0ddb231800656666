import { BusConfig, ServiceConfig } from '@hourglass/service/config'
import { z } from 'zod'

/** The environment of the quizzes service as a service of its own. */
export const Config = z.object({
  ...ServiceConfig.shape,
  ...BusConfig.shape,
  /** With the name of the database: `mongodb://user:password@host:27017/quizzes`. */
  MONGODB_URL: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\/.+\/\w+/, { message: 'must be mongodb://…/name of the database' }),
  MONGODB_POOL: z.coerce.number().int().min(2).max(100).default(10),
})
