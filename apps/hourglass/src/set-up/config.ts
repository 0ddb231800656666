import { LogLevel } from '@hourglass/kit/config'
import { z } from 'zod'

const PlainPassword = z.string().regex(/^[\w-]{8,}$/, { message: 'must be 8 or more letters, digits, - and _' })

/** What whoever installs Hourglass decides; everything else is made. */
export const Config = z.object({
  /** Where each service's configuration goes: `<folder>/<service>/config.json`. */
  CONFIG_FOLDER: z.string().default('/config'),
  PUBLIC_URL: z.url(),
  POSTGRES_ADMIN_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** `http://admin:password@rabbitmq:15672` */
  RABBITMQ_MANAGEMENT_URL: z.url(),
  /** `amqp://rabbitmq:5672`, without a user: each service has its own. */
  RABBITMQ_URL: z.url({ protocol: /^amqps?$/ }),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }),
  /** `mongodb://root:password@mongodb:27017/admin`: a user of its own is made for the quizzes. */
  MONGODB_ADMIN_URL: z.string().startsWith('mongodb'),
  /** `mongodb://user:password@elsewhere:27017/quizzes`: used instead, as it is. */
  MONGODB_URL: z.string().startsWith('mongodb').optional(),
  /** Stand in the addresses above, where a missing one would not be seen. */
  POSTGRES_PASSWORD: PlainPassword,
  RABBITMQ_PASSWORD: PlainPassword,
  MONGODB_PASSWORD: PlainPassword,
  FIRST_ADMIN_EMAIL: z.email(),
  FIRST_ADMIN_PASSWORD: z.string().min(8),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.string().includes('@').default('Hourglass <hourglass@localhost>'),
  LOG_LEVEL: LogLevel.default('info'),
  /** How many PostgreSQL may use; pools are sized by it. */
  POSTGRES_PROCESSORS: z.coerce.number().positive().max(512).default(2),
})
export type Config = z.infer<typeof Config>
