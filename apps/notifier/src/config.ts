import { Addresses, BusConfig, DatabaseConfig, ServiceConfig } from '@hourglass/service/config'
import { z } from 'zod'

/** The environment of the notifier as a service of its own. */
export const Config = z.object({
  ...ServiceConfig.shape,
  ...BusConfig.shape,
  ...DatabaseConfig.shape,
  STUDENTS_URL: Addresses,
  EXAMS_URL: Addresses,
  GRADING_URL: Addresses,
  /** Where people open Hourglass. */
  PUBLIC_URL: z.url(),
  /** `http://prometheus:9090`, or Mimir’s address with `/prometheus`: has the figures of the page Reliability. */
  PROMETHEUS_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** `X-Scope-OrgID` of Mimir. */
  PROMETHEUS_TENANT: z.string().optional(),
  /** Sent as `Bearer …`; a name and a password may stand in the address instead. */
  PROMETHEUS_TOKEN: z.string().optional(),
  /** `smtp://user:password@host:587?requireTLS=true`. Without it mail stays in the mailbox that people read in Hourglass. */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  /** `Hourglass <exams@example.org>` */
  MAIL_FROM: z.string().includes('@').default('Hourglass <hourglass@localhost>'),
})
