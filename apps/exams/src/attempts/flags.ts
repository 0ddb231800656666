import type { Db } from '@hourglass/kit/db/connect'
import { ConflictError, UnprocessableError } from '@hourglass/kit/errors'
import { flags } from '../schema'
import type { AttemptRow } from './find-attempt'

/** Replaces the flags that a student put on questions: for themselves, no part of what is marked. */
export async function setFlags(
  db: Db,
  attempt: AttemptRow,
  questionIds: readonly string[],
): Promise<{ questionIds: string[] }> {
  if (attempt.state !== 'open') throw new ConflictError('sealed', 'The attempt has ended.')
  const all = [...new Set(questionIds)]
  if (all.some((id) => !attempt.questionIds.includes(id))) {
    throw new UnprocessableError('unknown-question', 'There is a flag on a question that this attempt does not have.')
  }
  const row = { questionIds: all }
  await db
    .insert(flags)
    .values({ attemptId: attempt.id, ...row })
    .onConflictDoUpdate({ target: flags.attemptId, set: row })
  return row
}
