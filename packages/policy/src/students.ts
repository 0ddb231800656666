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
]
