import type { PolicyRow } from '@hourglass/kit/auth/guard'

const staff = ['teacher', 'admin'] as const

/** Students reach themselves and nobody else. Sessions are public: the cookie and the password are what they check. */
export const studentsPolicy: readonly PolicyRow[] = [
  { method: 'POST', path: '/api/sessions', allow: 'public' },
  { method: 'POST', path: '/api/sessions/refresh', allow: 'public' },
  { method: 'DELETE', path: '/api/sessions/current', allow: 'public' },
  { method: 'POST', path: '/api/invitations/accept', allow: 'public' },
  { method: 'GET', path: '/api/people/me', allow: 'signed-in' },
  { method: 'PUT', path: '/api/people/me/password', allow: 'signed-in' },
  { method: 'GET', path: '/api/people', allow: staff },
  { method: 'POST', path: '/api/people', allow: ['admin'] },
  { method: 'GET', path: '/api/people/:id', allow: 'signed-in' },
  { method: 'PATCH', path: '/api/people/:id', allow: ['admin'] },
  { method: 'POST', path: '/api/people/:id/invitation', allow: staff },
  { method: 'GET', path: '/api/classes', allow: staff },
  { method: 'POST', path: '/api/classes', allow: staff },
  { method: 'GET', path: '/api/classes/:id', allow: staff },
  { method: 'PATCH', path: '/api/classes/:id', allow: staff },
  { method: 'DELETE', path: '/api/classes/:id', allow: staff },
  { method: 'GET', path: '/api/classes/:id/members', allow: staff },
  { method: 'PUT', path: '/api/classes/:id/members/:personId', allow: staff },
  { method: 'DELETE', path: '/api/classes/:id/members/:personId', allow: staff },
  { method: 'GET', path: '/api/classes/:id/roster', allow: staff },
  { method: 'POST', path: '/api/classes/:id/roster', allow: staff },
  { method: 'GET', path: '/api/accommodations', allow: staff },
  { method: 'PUT', path: '/api/accommodations/:personId', allow: staff },
  { method: 'DELETE', path: '/api/accommodations/:personId', allow: staff },
  { method: 'GET', path: '/api/students-events/parked', allow: ['admin'] },
  { method: 'POST', path: '/api/students-events/parked/:id/replay', allow: ['admin'] },
  { method: 'GET', path: '/internal/students-events', allow: { services: ['exams', 'grading', 'notifier'] } },
  { method: 'GET', path: '/internal/students-events/bodies', allow: { services: ['exams', 'grading', 'notifier'] } },
]
