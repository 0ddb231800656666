import type { Allow, PolicyRow } from '@hourglass/kit/auth/guard'

const teachers = ['teacher', 'admin'] as const
/** Whose attempt it is, the service decides; a seat opens its own attempt alone. */
const sitting: Allow = { seat: true, roles: ['student', 'teacher', 'admin'] }

export const examsPolicy: readonly PolicyRow[] = [
  { method: 'GET', path: '/api/exams', allow: teachers },
  { method: 'POST', path: '/api/exams', allow: teachers },
  { method: 'GET', path: '/api/exams/mine', allow: 'signed-in' },
  { method: 'GET', path: '/api/exams/:id', allow: teachers },
  { method: 'PATCH', path: '/api/exams/:id', allow: teachers },
  { method: 'DELETE', path: '/api/exams/:id', allow: teachers },
  { method: 'GET', path: '/api/exams/:id/times', allow: teachers },
  { method: 'GET', path: '/api/exams/:id/attempts', allow: teachers },
  { method: 'POST', path: '/api/exams/:id/pause', allow: teachers },
  { method: 'POST', path: '/api/exams/:id/resume', allow: teachers },
  { method: 'POST', path: '/api/exams/:id/compensate', allow: teachers },
  { method: 'GET', path: '/api/exams/:id/late', allow: teachers },
  { method: 'GET', path: '/api/exams/:id/audit', allow: teachers },
  { method: 'GET', path: '/api/overrides', allow: teachers },
  { method: 'POST', path: '/api/overrides', allow: teachers },
  { method: 'PUT', path: '/api/overrides/:id', allow: teachers },
  { method: 'DELETE', path: '/api/overrides/:id', allow: teachers },
  { method: 'POST', path: '/api/attempts', allow: 'signed-in' },
  { method: 'GET', path: '/api/attempts/:id', allow: sitting },
  { method: 'PUT', path: '/api/attempts/:id/answers/:questionId', allow: sitting },
  { method: 'PUT', path: '/api/attempts/:id/flags', allow: sitting },
  { method: 'POST', path: '/api/attempts/:id/submit', allow: sitting },
  { method: 'GET', path: '/api/attempts/:id/receipts', allow: sitting },
  { method: 'GET', path: '/api/attempts/:id/stream', allow: sitting },
  { method: 'POST', path: '/api/attempts/:id/pause', allow: teachers },
  { method: 'POST', path: '/api/attempts/:id/resume', allow: teachers },
  { method: 'POST', path: '/api/attempts/:id/seal', allow: teachers },
  { method: 'POST', path: '/api/attempts/:id/late/:lateId/accept', allow: teachers },
  { method: 'GET', path: '/api/exams-events/parked', allow: ['admin'] },
  { method: 'POST', path: '/api/exams-events/parked/:id/replay', allow: ['admin'] },
  { method: 'POST', path: '/internal/snapshots', allow: { services: ['grading'] } },
  { method: 'GET', path: '/internal/exams-events', allow: { services: ['students', 'grading', 'notifier'] } },
  { method: 'GET', path: '/internal/exams-events/bodies', allow: { services: ['students', 'grading', 'notifier'] } },
]
