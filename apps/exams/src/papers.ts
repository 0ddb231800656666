import type { Db } from '@hourglass/kit/db/connect'
import type { Fetcher } from '@hourglass/kit/fetch'
import { digestOf } from '@hourglass/questions/canonical'
import { Paper } from '@hourglass/questions/paper'
import { eq } from 'drizzle-orm'
import type { FetchPaper } from './deps'
import { papers } from './schema'

/** Pulls a paper and checks that it is the one that its digest names. Throws an Error when it is another. */
export async function pullPaper(fetchPaper: FetchPaper, digest: string): Promise<Paper> {
  const paper = Paper.parse(await fetchPaper(digest))
  if ((await digestOf(paper)) !== digest) throw new Error(`the paper given for ${digest} has another digest`)
  return paper
}

/** Reads papers from this service's own table and keeps the last ones in memory: a paper never changes. */
export function createPaperShelf(db: Db, maxKept = 50): { paperOf: (digest: string) => Promise<Paper> } {
  const kept = new Map<string, Promise<Paper>>()
  const read = async (digest: string) => {
    const [row] = await db.select().from(papers).where(eq(papers.digest, digest))
    if (!row) throw new Error(`the paper ${digest} is not in the exam room`)
    return Paper.parse(row.body)
  }
  return {
    paperOf: (digest) => {
      const known = kept.get(digest)
      if (known) return known
      const paper = read(digest)
      kept.set(digest, paper)
      paper.catch(() => kept.delete(digest))
      const oldest = kept.size > maxKept ? kept.keys().next().value : undefined
      if (oldest !== undefined) kept.delete(oldest)
      return paper
    },
  }
}
export type PaperShelf = ReturnType<typeof createPaperShelf>

/** Pulls papers from the quizzes service. */
export const createHttpPapers =
  ({ url, fetcher }: { url: string; fetcher: Fetcher }): FetchPaper =>
  async (digest) => {
    const response = await fetcher(new Request(new URL(`/internal/papers/${digest}`, url)))
    if (!response.ok) throw new Error(`quizzes answered ${response.status} for the paper ${digest}`)
    return Paper.parse(await response.json())
  }
