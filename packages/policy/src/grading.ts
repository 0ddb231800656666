import type { PolicyRow } from '@hourglass/kit/auth/guard'

const markers = ['teacher', 'admin'] as const

export const gradingPolicy: readonly PolicyRow[] = [
  { method: 'GET', path: '/api/results', allow: markers },
  { method: 'GET', path: '/api/results/mine', allow: 'signed-in' },
  { method: 'GET', path: '/api/results/gradebook', allow: markers },
  { method: 'GET', path: '/api/results/:attemptId', allow: markers },
  { method: 'GET', path: '/api/results/:attemptId/review', allow: 'signed-in' },
  { method: 'GET', path: '/api/marks', allow: markers },
  { method: 'PUT', path: '/api/marks/:attemptId/:questionId', allow: markers },
  { method: 'GET', path: '/api/releases', allow: markers },
  { method: 'POST', path: '/api/releases', allow: markers },
  { method: 'DELETE', path: '/api/releases/:examId', allow: markers },
  { method: 'GET', path: '/api/regrades', allow: markers },
  { method: 'POST', path: '/api/regrades', allow: markers },
  { method: 'POST', path: '/api/regrades/preview', allow: markers },
  { method: 'POST', path: '/api/regrades/:regradeId/undo', allow: markers },
  { method: 'GET', path: '/api/statistics/:examId', allow: markers },
  { method: 'GET', path: '/api/grading-events/parked', allow: ['admin'] },
  { method: 'POST', path: '/api/grading-events/parked/:id/replay', allow: ['admin'] },
  { method: 'GET', path: '/internal/grading-events', allow: { services: ['notifier'] } },
  { method: 'GET', path: '/internal/grading-events/bodies', allow: { services: ['notifier'] } },
]
