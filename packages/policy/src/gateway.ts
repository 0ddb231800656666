import type { PolicyRow } from '@hourglass/kit/auth/guard'

export const gatewayPolicy: readonly PolicyRow[] = [
  { method: 'GET', path: '/api/time', allow: 'public' },
  { method: 'GET', path: '/api/openapi.json', allow: 'public' },
  // Of nobody: whether somebody is signed in makes no difference to it.
  { method: 'POST', path: '/api/telemetry', allow: 'public' },
  { method: 'GET', path: '/api/docs', allow: 'public' },
  { method: 'GET', path: '/api/docs/:file', allow: 'public' },
]
