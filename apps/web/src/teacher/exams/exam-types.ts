import type {
  AuditItem as Audit,
  LateArrival as Late,
  AttemptLine as Line,
  StudentTimes as Times,
} from '@hourglass/exams/model'

// The exam service exports these as schemas alone; `_output` is what `z.infer` reads, without needing zod here.
export type AttemptLine = (typeof Line)['_output']
export type AuditItem = (typeof Audit)['_output']
export type LateArrival = (typeof Late)['_output']
export type StudentTimes = (typeof Times)['_output']
