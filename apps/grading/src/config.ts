import { ServiceConfig } from '@hourglass/service/config'
import { z } from 'zod'

/** The environment of grading as a service of its own. */
export const Config = ServiceConfig.extend({ QUIZZES_URL: z.url(), EXAMS_URL: z.url() })
export type Config = z.infer<typeof Config>
