import type { Fetcher } from '@hourglass/kit/fetch'
import type { ContentPort, SnapshotPort } from '../deps'

/** Pulls papers and keys from the quizzes service. */
export const createHttpContent = (quizzesUrl: string, fetcher: Fetcher): ContentPort => ({
  paper: (digest) => readJson(fetcher, new URL(`/internal/papers/${digest}`, quizzesUrl)),
  key: (digest) => readJson(fetcher, new URL(`/internal/keys/${digest}`, quizzesUrl)),
})

/** Pulls snapshots from the exam room, which keeps every one under its digest. */
export const createHttpSnapshot =
  (examsUrl: string, fetcher: Fetcher): SnapshotPort =>
  (attemptId, digest) =>
    readJson(fetcher, new URL(`/internal/attempts/${attemptId}/snapshot?digest=${digest}`, examsUrl))

async function readJson(fetcher: Fetcher, url: URL): Promise<unknown> {
  const response = await fetcher(new Request(url))
  if (!response.ok) throw new Error(`${url.pathname} answered ${response.status}`)
  return response.json()
}
