import type { Fetcher } from '@hourglass/kit/fetch'
import { z } from 'zod'
import type { ContentPort, SnapshotPort } from '../deps'

/** Where another service is and how it is called. */
type Address = { url: string; fetcher: Fetcher }

/** Pulls papers and keys from the quizzes service. */
export const createHttpContent = (quizzes: Address): ContentPort => ({
  paper: (digest) => readJson(quizzes, `/internal/papers/${digest}`),
  key: (digest) => readJson(quizzes, `/internal/keys/${digest}`),
})

/** Pulls snapshots from the exam room, which keeps every one under its digest. */
export const createHttpSnapshots =
  (exams: Address): SnapshotPort =>
  async (wanted) => {
    const { items } = Snapshots.parse(
      await readJson(exams, '/internal/snapshots', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ items: wanted }),
      }),
    )
    return new Map(items.map(({ digest, snapshot }) => [digest, snapshot]))
  }

const Snapshots = z.object({ items: z.array(z.object({ digest: z.string(), snapshot: z.unknown() })) })

async function readJson({ url, fetcher }: Address, path: string, init: RequestInit = {}): Promise<unknown> {
  const response = await fetcher(new Request(new URL(path, url), init))
  if (!response.ok) throw new Error(`${new URL(path, url).pathname} answered ${response.status}`)
  return response.json()
}
