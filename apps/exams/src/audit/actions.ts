/** What an audit trail tells of. Pages say each in the reader's language. */
export const auditActions = [
  'exam scheduled',
  'exam changed',
  'exam cancelled',
  'override made',
  'override changed',
  'override removed',
  'deadline moved',
  'attempt started',
  'attempt paused',
  'attempt resumed',
  'outage compensated',
  'attempt sealed',
  'attempt abandoned',
  'late answer accepted',
  'late answers taken in',
] as const
export type AuditAction = (typeof auditActions)[number]
