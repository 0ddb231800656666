import type { Allow, PolicyRow } from '@hourglass/kit/auth/guard'

/** Quizzes hold keys: students reach nothing of them but images, whose digest only a shown question tells. */
const authors: Allow = ['teacher', 'admin']

export const quizzesPolicy: readonly PolicyRow[] = [
  { method: 'GET', path: '/api/quizzes', allow: authors },
  { method: 'POST', path: '/api/quizzes', allow: authors },
  { method: 'GET', path: '/api/quizzes/:id', allow: authors },
  { method: 'PUT', path: '/api/quizzes/:id', allow: authors },
  { method: 'DELETE', path: '/api/quizzes/:id', allow: authors },
  { method: 'POST', path: '/api/quizzes/:id/copy', allow: authors },
  { method: 'GET', path: '/api/quizzes/:id/questions', allow: authors },
  { method: 'GET', path: '/api/quizzes/:id/check', allow: authors },
  { method: 'POST', path: '/api/quizzes/:id/publish', allow: authors },
  { method: 'GET', path: '/api/quizzes/:id/versions', allow: authors },
  { method: 'GET', path: '/api/quizzes/:id/export', allow: authors },
  { method: 'POST', path: '/api/quizzes/import', allow: authors },
  { method: 'GET', path: '/api/versions/:digest', allow: authors },
  { method: 'GET', path: '/api/versions/:digest/diff', allow: authors },
  { method: 'GET', path: '/api/versions/:digest/export', allow: authors },
  { method: 'GET', path: '/api/questions', allow: authors },
  { method: 'POST', path: '/api/questions', allow: authors },
  { method: 'GET', path: '/api/questions/tags', allow: authors },
  { method: 'POST', path: '/api/questions/preview', allow: authors },
  { method: 'GET', path: '/api/questions/:id', allow: authors },
  { method: 'PUT', path: '/api/questions/:id', allow: authors },
  { method: 'DELETE', path: '/api/questions/:id', allow: authors },
  { method: 'POST', path: '/api/images', allow: authors },
  { method: 'GET', path: '/api/images/:digest', allow: 'public' },
  { method: 'GET', path: '/internal/papers/:digest', allow: { services: ['exams', 'grading'] } },
  { method: 'GET', path: '/internal/keys/:digest', allow: { services: ['grading'] } },
  { method: 'GET', path: '/internal/quizzes-events', allow: { services: ['exams'] } },
  { method: 'GET', path: '/internal/quizzes-events/bodies', allow: { services: ['exams'] } },
]
