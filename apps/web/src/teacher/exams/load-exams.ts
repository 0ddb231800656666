import type { Exam } from '@hourglass/exams/model'
import type { ExamSummary, Release } from '@hourglass/grading/model'
import { api } from '../../lib/api'
import { listAll } from '../../lib/load'
import { serverNow } from '../../lib/server-now'
import { type ExamState, examStateOf } from './exam-state'

export type Counts = ExamSummary['counts']
export type ExamLine = { exam: Exam; state: ExamState; release: Release | null; counts: Counts | null }

/** A teacher's exams with what became of their attempts. Marks may be a moment behind: then the exam stands without them. */
export async function loadExamLines(signal: AbortSignal): Promise<ExamLine[]> {
  const [exams, releases] = await Promise.all([
    listAll<Exam>('/api/exams', signal),
    listAll<Release>('/api/releases', signal).catch((): Release[] => []),
  ])
  const releaseOf = new Map(releases.map((release) => [release.examId, release]))
  const lines = exams.map((exam): ExamLine => {
    const release = releaseOf.get(exam.examId) ?? null
    return { exam, state: examStateOf(exam, serverNow()), release, counts: null }
  })
  // Only where somebody may be sitting or waiting: what is over and marked is known from the releases.
  const asked = lines.filter(({ state, release }) => state === 'open' || (release?.waiting ?? 0) > 0)
  await inTurns(asked, 4, async (line) => {
    line.counts = await loadCounts(line.exam.examId, signal)
  })
  return lines
}

export const loadCounts = (examId: string, signal?: AbortSignal): Promise<Counts | null> =>
  api
    .get<{ exam: ExamSummary }>(`/api/results?examId=${examId}&limit=1`, signal ? { signal } : {})
    .then(({ exam }) => exam.counts)
    .catch(() => null)

/** Does `work` for each item, `width` of them at a time. */
export async function inTurns<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items]
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: width }, worker))
}
