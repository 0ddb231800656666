import { ConflictError } from '@hourglass/kit/errors'
import type { Author } from './quizzes/model'

type Changed = { revision: number; updatedAt: string; updatedBy: Author }

/** Somebody saved since this editor read the document; nothing of theirs is overwritten. */
export const staleRevision = (noun: 'quiz' | 'question', { revision, updatedAt, updatedBy }: Changed): ConflictError =>
  new ConflictError(
    'stale-revision',
    `${updatedBy.name} changed this ${noun} at ${updatedAt}. Your version is older and was not saved.`,
    { revision, updatedAt, updatedBy },
  )
