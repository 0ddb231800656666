import type { MyExam } from '@hourglass/exams/model'
import { createEffect, onCleanup } from 'solid-js'
import { createLoader, keepFresh, type Loader, listAll } from '../../lib/load'
import { serverNow } from '../../lib/server-now'

export type { MyExam }

const refreshMs = 60_000
/** A timer may fire a little early, and the server's clock is known to a second. */
const marginMs = 1_500
const longestTimerMs = 86_400_000

export const startPath = (examId: string): string => `/exams/${examId}`
export const attemptPath = (attemptId: string): string => `/attempts/${attemptId}`
export const reviewPath = (attemptId: string): string => `/results/${attemptId}`

/** The student's exams, read again each minute and whenever one of them opens, closes or ends. */
export function createMyExams(): Loader<MyExam[]> {
  const loader = createLoader(
    () => 'mine',
    (_, signal) => listAll<MyExam>('/api/exams/mine', signal),
  )
  keepFresh(loader, refreshMs)
  createEffect(() => {
    const nowMs = serverNow()
    const atMs = nextChange(loader.data() ?? [], nowMs)
    if (atMs === null) return
    const timer = setTimeout(() => void loader.reload(), Math.min(atMs - nowMs + marginMs, longestTimerMs))
    onCleanup(() => clearTimeout(timer))
  })
  return loader
}

/** The next moment at which an exam opens or closes, or an open attempt ends. */
export function nextChange(exams: readonly Pick<MyExam, 'access' | 'attempts'>[], nowMs: number): number | null {
  const moments = exams
    .flatMap(({ access, attempts }) => [
      access.opensAt.value,
      access.closesAt.value,
      ...attempts.filter(({ state }) => state === 'open').map(({ deadline }) => deadline),
    ])
    .map((moment) => (moment === null ? Number.NaN : Date.parse(moment)))
    .filter((moment) => moment > nowMs)
  return moments.length === 0 ? null : Math.min(...moments)
}
