import { join } from 'node:path'
import { treaty } from '@elysiajs/eden'
import { createEmbeddedBus } from '@hourglass/events/embedded-bus'
import type { Role } from '@hourglass/kit/auth/principal'
import { policyTable } from '@hourglass/policy'
import { emptyText, type Question, type RichText } from '@hourglass/questions/question'
import { createTestDatabase } from '@hourglass/testing/database'
import { type RecordedLog, testService, tokenFor } from '@hourglass/testing/service'
import { createApp } from './app'
import { createPostgresStore } from './store/postgres-store'

export const plain = (text: string): RichText => ({ format: 'plain', text })

/** A sound single-choice question; `changes` must keep it one. */
export const choiceQuestion = (changes: Partial<Extract<Question, { type: 'single-choice' }>> = {}): Question => ({
  type: 'single-choice',
  id: 'new',
  title: 'Capital of France',
  stem: plain('What is the capital of France?'),
  maxMarks: '1',
  explanation: emptyText,
  tags: [],
  choices: [
    { id: 'a', text: plain('Paris'), weight: '100', feedback: emptyText },
    { id: 'b', text: plain('Lyon'), weight: '0', feedback: emptyText },
  ],
  shuffle: true,
  ...changes,
})

export const sectionOf = (questionIds: readonly string[], changes: object = {}) => ({
  id: 's1',
  title: 'Section A',
  intro: emptyText,
  shuffleQuestions: false,
  items: questionIds.map((questionId) => ({ kind: 'fixed' as const, questionId, maxMarks: null })),
  ...changes,
})

/** The service on a real PostgreSQL, with a client for each person. */
export async function createAppUnderTest() {
  const { db, sql, close } = await createTestDatabase({
    service: 'quizzes',
    migrations: join(import.meta.dir, '../migrations'),
  })
  const recorded: RecordedLog = { lines: [] }
  const bus = createEmbeddedBus()
  const store = createPostgresStore(db)
  const deps = { service: testService(policyTable, recorded, 'quizzes'), bus, store }
  const app = createApp(deps)
  const signIn = async (role: Role, name = 'Test Person') => {
    const personId = Bun.randomUUIDv7()
    const authorization = await tokenFor({ personId, role, name })
    const send = (method: string, path: string, body?: string | Uint8Array, headers: Record<string, string> = {}) =>
      app.handle(
        new Request(`http://localhost${path}`, {
          method,
          headers: { authorization, 'x-request-id': 'request-1', ...headers },
          // Bytes of a test are never shared memory, which is all that the type of a body rules out.
          body: body as BodyInit | undefined,
        }),
      )
    return { personId, name, send, api: treaty(app, { headers: { authorization } }).api }
  }
  const authorise = (role: Role) => tokenFor({ personId: Bun.randomUUIDv7(), role })
  return { app, authorise, deps, db, sql, store, bus, recorded, signIn, close }
}

export type Client = Awaited<ReturnType<Awaited<ReturnType<typeof createAppUnderTest>>['signIn']>>

/** The answer's data; throws what the server said instead. */
export function dataOf<T>(answer: { data: T; error: unknown }): NonNullable<T> {
  if (answer.data === null || answer.data === undefined) throw new Error(JSON.stringify(answer.error))
  return answer.data
}

export async function addQuestion({ api }: Client, question: Question = choiceQuestion()) {
  return dataOf(await api.questions.post({ question }))
}

/** A draft that can be published: one section with these questions. */
export async function addQuiz({ api }: Client, questionIds: readonly string[], title = 'Geography') {
  return dataOf(await api.quizzes.post({ title, sections: [sectionOf(questionIds)] }))
}
