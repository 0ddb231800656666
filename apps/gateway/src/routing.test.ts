import { describe, expect, test } from 'bun:test'
import { requestClassOf } from './request-class'
import { readAddress, serviceOf } from './routing'

describe('addresses', () => {
  test.each([
    ['people', 'students'],
    ['questions', 'quizzes'],
    ['attempts', 'exams'],
    ['releases', 'grading'],
    ['messages', 'notifier'],
    ['exams-events', 'exams'],
  ] as const)('the noun %s belongs to %s', (noun, service) => expect(serviceOf(noun)).toBe(service))

  test.each(['internal', 'metrics', 'health', 'constructor', '', 'gateway-events'])('"%s" belongs to nobody', (noun) =>
    expect(serviceOf(noun)).toBeNull(),
  )

  test.each([
    '/api//quizzes',
    '//api/quizzes',
    '/api/quizzes/',
    '/api/quizzes/%2e%2e/internal',
    '/api/quizzes/..%2finternal',
    '/api/quizzes/%2Finternal',
    '/api/quizzes/%5cinternal',
    '/api/quizzes/%252finternal',
    '/api/quizzes/a%00b',
    '/api/quizzes/a\\b',
    '/api/./quizzes',
    `/api/${'a'.repeat(3_000)}`,
  ])('an address that could be read in two ways is refused: %s', (path) =>
    expect(() => readAddress(`http://localhost${path}`)).toThrow('cannot be read'),
  )

  test('path, query and segments of a usual address', () => {
    expect(readAddress('http://localhost:3000/api/exams/1?cursor=a%2Fb')).toEqual({
      pathname: '/api/exams/1',
      search: '?cursor=a%2Fb',
      segments: ['api', 'exams', '1'],
    })
    expect(readAddress('http://localhost').segments).toEqual([''])
  })
})

describe('classes of requests', () => {
  test.each([
    ['PUT', 'attempts/1/answers/2', 'save'],
    ['POST', 'attempts/1/submit', 'save'],
    ['POST', 'attempts', 'start'],
    ['POST', 'sessions/refresh', 'start'],
    ['GET', 'quizzes/1', 'read'],
    ['PUT', 'quizzes/1', 'read'],
    ['GET', 'quizzes', 'bulk'],
    ['GET', 'quizzes/1/export', 'bulk'],
    ['POST', 'quizzes/import', 'bulk'],
  ])('%s %s is a %s', (method, path, priority) =>
    expect(requestClassOf(method, path.split('/')).priority).toBe(priority as never),
  )
  test('only a stream has no deadline', () => {
    expect(requestClassOf('GET', ['attempts', '1', 'stream']).timeoutMs).toBeNull()
    expect(requestClassOf('GET', ['attempts', '1', 'receipts']).timeoutMs).toBe(5_000)
  })
})
