import { expect, test } from 'bun:test'
import { join } from 'node:path'
import { createTestDatabase } from '@hourglass/testing/database'
import { createPostgresStore } from './postgres-store'
import { quizStoreContract } from './quiz-store-contract'

const migrations = join(import.meta.dir, '../../migrations')

quizStoreContract('PostgreSQL', async () => {
  const { db, close } = await createTestDatabase({ service: 'quizzes', migrations })
  return { store: createPostgresStore(db), close }
})

test('a body that is a JSON text instead of an object is refused by the table', async () => {
  const { sql, close } = await createTestDatabase({ service: 'quizzes', migrations })
  const insert = sql`
    insert into quizzes.quizzes (id, owner_id, editor_ids, question_ids, search_text, revision, updated_at, body)
    values (${Bun.randomUUIDv7()}, 'p', '{}', '{}', '', 1, now(), to_jsonb('{}'::text))`
  await expect(insert.then(() => null)).rejects.toThrow('quizzes_body_is_object')
  await close()
})
