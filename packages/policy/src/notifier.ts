import type { PolicyRow } from '@hourglass/kit/auth/guard'

export const notifierPolicy: readonly PolicyRow[] = [
  { method: 'GET', path: '/api/messages', allow: 'signed-in' },
  { method: 'GET', path: '/api/messages/:id', allow: 'signed-in' },
  { method: 'GET', path: '/api/reliability', allow: ['admin'] },
  { method: 'GET', path: '/api/notifier-events/parked', allow: ['admin'] },
  { method: 'POST', path: '/api/notifier-events/parked/:id/replay', allow: ['admin'] },
]
