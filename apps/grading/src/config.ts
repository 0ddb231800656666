import { Addresses, BusConfig, DatabaseConfig, ServiceConfig } from '@hourglass/service/config'
import { z } from 'zod'

/** The environment of grading as a service of its own. */
export const Config = z.object({
  ...ServiceConfig.shape,
  ...BusConfig.shape,
  ...DatabaseConfig.shape,
  STUDENTS_URL: Addresses,
  QUIZZES_URL: Addresses,
  EXAMS_URL: Addresses,
})
