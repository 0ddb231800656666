import { ConflictError, UnprocessableError } from '@hourglass/kit/errors'
import { digestOf } from '@hourglass/questions/canonical'
import { authorOf, findQuiz, type Viewer } from '../access'
import type { Quiz } from '../quizzes/model'
import { assertSize, maxVersionBytes } from '../size'
import { staleRevision } from '../stale'
import type { QuizStore } from '../store/quiz-store'
import type { Version, VersionContent } from '../versions/model'
import { toVersionSummary } from '../versions/summary'
import { type Composed, composeVersion } from './compose'
import type { Fault, Published, PublishRequest } from './model'
import { quizFaults } from './quiz-faults'
import { resolveQuiz } from './resolve'

/** Two people who publish at once race for the next number; the loser looks again. */
const maxTries = 5

/**
 * Makes the next version of a draft and tells of it, or answers the latest when nothing changed since. Throws an
 * UnprocessableError that names every fault or what is too large, and a ConflictError when the draft is newer than `request.revision`.
 */
export async function publishQuiz(
  store: QuizStore,
  viewer: Viewer,
  id: string,
  request: PublishRequest,
): Promise<Published> {
  const quiz = await findQuiz(store, viewer, id)
  if (request.revision !== undefined && request.revision !== quiz.revision) throw staleRevision('quiz', quiz)
  const sections = await resolveQuiz(store, quiz)
  const faults = quizFaults(quiz.title, sections)
  if (faults.length > 0) throw notPublishable(faults)
  const composed = await composeVersion(quiz, sections)
  for (const part of ['content', 'paper', 'key'] as const) {
    assertSize(`${part} of this version`, composed[part], maxVersionBytes)
  }
  for (let attempt = 0; attempt < maxTries; attempt++) {
    const published = await publishNext(store, viewer, quiz, composed)
    if (published) return published
  }
  throw new ConflictError(
    'publishing',
    'Others are publishing this quiz at this moment. Look at its versions and try again.',
  )
}

/** The faults that would keep a draft from being published. */
export async function checkQuiz(store: QuizStore, viewer: Viewer, id: string) {
  const quiz = await findQuiz(store, viewer, id)
  const faults = quizFaults(quiz.title, await resolveQuiz(store, quiz))
  return { isPublishable: faults.length === 0, faults }
}

/** `null` when somebody else took the number meanwhile. */
async function publishNext(
  store: QuizStore,
  viewer: Viewer,
  quiz: Quiz,
  composed: Composed,
): Promise<Published | null> {
  const latest = (await store.latestVersions([quiz.id])).get(quiz.id)
  if (latest && (await digestOf({ ...composed.content, number: latest.number })) === latest.digest) {
    return { ...toVersionSummary(latest), isNew: false }
  }
  const version = await toVersion(viewer, quiz, composed, (latest?.number ?? 0) + 1)
  const { digest, quizId, number, paperDigest, keyDigest, title, ownerId } = version
  const event = { digest, quizId, number, paperDigest, keyDigest, title, ownerId }
  const isStored = await store.insertVersion({ version, paper: composed.paper, key: composed.key, event })
  return isStored ? { ...toVersionSummary(version), isNew: true } : null
}

async function toVersion(viewer: Viewer, quiz: Quiz, composed: Composed, number: number): Promise<Version> {
  const { questionCount, maxMarks } = composed
  const content: VersionContent = { ...composed.content, number }
  const { title, paperDigest, keyDigest } = content
  return {
    digest: await digestOf(content),
    quizId: quiz.id,
    number,
    title,
    ownerId: quiz.ownerId,
    paperDigest,
    keyDigest,
    questionCount,
    maxMarks,
    publishedAt: new Date().toISOString(),
    publishedBy: authorOf(viewer),
    content,
  }
}

const notPublishable = (faults: readonly Fault[]): UnprocessableError =>
  new UnprocessableError(
    'not-publishable',
    faults.length === 1
      ? 'One thing keeps this quiz from being published.'
      : `${faults.length} things keep this quiz from being published.`,
    { faults },
  )
