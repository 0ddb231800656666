import { ServiceConfig } from '@hourglass/service/config'
import { z } from 'zod'

/** The environment of the notifier as a service of its own. */
export const Config = ServiceConfig.extend({
  /** Where people open Hourglass. */
  PUBLIC_URL: z.url(),
  /** Whether people may read their mail at `/api/messages`. */
  MAILBOX: z.stringbool().default(false),
})
export type Config = z.infer<typeof Config>
