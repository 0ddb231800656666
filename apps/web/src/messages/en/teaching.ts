import { corrections } from './teaching/corrections'
import { exams } from './teaching/exams'
import { forms } from './teaching/forms'
import { live } from './teaching/live'
import { results } from './teaching/results'
import { statistics } from './teaching/statistics'

/** Texts of the teacher's exam, result and statistics pages. */
export const teaching = { ...corrections, ...exams, ...forms, ...live, ...results, ...statistics } as const
