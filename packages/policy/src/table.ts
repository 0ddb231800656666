import type { PolicyRow } from '@hourglass/kit/auth/guard'
import { examsPolicy } from './exams'
import { gatewayPolicy } from './gateway'
import { gradingPolicy } from './grading'
import { notifierPolicy } from './notifier'
import { quizzesPolicy } from './quizzes'
import { studentsPolicy } from './students'

/** Who may call what: a row for every route of every service. What has no row is refused. */
export const policyTable: readonly PolicyRow[] = [
  ...gatewayPolicy,
  ...studentsPolicy,
  ...quizzesPolicy,
  ...examsPolicy,
  ...gradingPolicy,
  ...notifierPolicy,
]
