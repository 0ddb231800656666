import { NotFoundError } from '@hourglass/kit/errors'
import { decodeCursor, type PageQuery, toPage } from '@hourglass/kit/paging'
import { toCanonicalJson } from '@hourglass/questions/canonical'
import { findQuiz, findVersion, type Viewer } from '../access'
import type { QuizStore } from '../store/quiz-store'
import { diffVersions } from './diff'
import type { VersionDifference } from './model'
import { toVersionSummary } from './summary'

export async function listVersions(store: QuizStore, viewer: Viewer, quizId: string, { cursor, limit }: PageQuery) {
  await findQuiz(store, viewer, quizId)
  const [before] = decodeCursor(cursor, 1) ?? []
  const versions = await store.listVersions(
    quizId,
    before === undefined ? null : Number.parseInt(before, 10) || 0,
    limit + 1,
  )
  return toPage(versions, limit, toVersionSummary, (version) => [version.number])
}

/** What changed from `against`, or from the version before; from nothing for the first. */
export async function compareVersions(
  store: QuizStore,
  viewer: Viewer,
  digest: string,
  against: string | undefined,
): Promise<VersionDifference> {
  const after = await findVersion(store, viewer, digest)
  const [previous] = against ? [] : await store.listVersions(after.quizId, after.number, 1)
  const before = against ? await findVersion(store, viewer, against) : (previous ?? null)
  if (before && before.quizId !== after.quizId) throw new NotFoundError('version')
  return diffVersions(before, after)
}

/** The very bytes whose SHA-256 is the digest. Throws a NotFoundError. */
export async function readPaper(store: QuizStore, digest: string): Promise<string> {
  const paper = await store.getPaper(digest)
  if (!paper) throw new NotFoundError('paper')
  return toCanonicalJson(paper)
}

export async function readKey(store: QuizStore, digest: string): Promise<string> {
  const key = await store.getKey(digest)
  if (!key) throw new NotFoundError('key')
  return toCanonicalJson(key)
}
