import type { Fetcher } from '@hourglass/kit/fetch'
import type { ContentPort, SnapshotPort } from '../deps'

/** Where another service is and how it is called. */
type Address = { url: string; fetcher: Fetcher }

/** Pulls papers and keys from the quizzes service. */
export const createHttpContent = (quizzes: Address): ContentPort => ({
  paper: (digest) => readJson(quizzes, `/internal/papers/${digest}`),
  key: (digest) => readJson(quizzes, `/internal/keys/${digest}`),
})

/** Pulls snapshots from the exam room, which keeps every one under its digest. */
export const createHttpSnapshot =
  (exams: Address): SnapshotPort =>
  (attemptId, digest) =>
    readJson(exams, `/internal/attempts/${attemptId}/snapshot?digest=${digest}`)

async function readJson({ url, fetcher }: Address, path: string): Promise<unknown> {
  const response = await fetcher(new Request(new URL(path, url)))
  if (!response.ok) throw new Error(`${new URL(path, url).pathname} answered ${response.status}`)
  return response.json()
}
