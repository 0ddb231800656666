/** What an entry of a time line tells of. */
export type EntryKind =
  | 'start'
  | 'connect'
  | 'reconnect'
  | 'saves'
  | 'slow-save'
  | 'late'
  | 'refusal'
  | 'failure'
  | 'request'
  | 'gap'
  | 'pause'
  | 'resume'
  | 'extension'
  | 'seal'
  | 'late-accepted'
  | 'mark'
  | 'release'
  | 'mail'
  | 'trouble'

/** One thing that happened, or several alike after each other; times in milliseconds since 1970. */
export type Entry = {
  at: number
  /** When the last of several alike came. */
  until: number
  count: number
  kind: EntryKind
  text: string
  /** Of the slowest request in it. */
  slowestMs: number | null
  /** Of the newest, 3 at most. */
  traceIds: string[]
  /** What its trace and its lines say of where it failed or waited. */
  because: string[]
}

export type NewEntry = { at: number; kind: EntryKind; text: string; ms?: number; traceId?: string | undefined }

export const createEntry = ({ at, kind, text, ms, traceId }: NewEntry): Entry => ({
  ...{ at, until: at, count: 1, kind, text, slowestMs: ms ?? null },
  ...{ traceIds: traceId === undefined ? [] : [traceId], because: [] },
})

const mostTraces = 3

/** Puts entries that say the same, one after the other within a minute of the clock, into one. */
export function gatherAlike(entries: readonly Entry[]): Entry[] {
  const gathered: Entry[] = []
  for (const entry of entries) {
    const last = gathered.at(-1)
    if (!last || last.text !== entry.text || last.kind !== entry.kind || !isSameMinute(last.at, entry.at)) {
      gathered.push(entry)
      continue
    }
    last.until = entry.until
    last.count += entry.count
    if (entry.slowestMs !== null) last.slowestMs = Math.max(last.slowestMs ?? 0, entry.slowestMs)
    last.traceIds = [...entry.traceIds, ...last.traceIds].slice(0, mostTraces)
  }
  return gathered
}

const isSameMinute = (one: number, other: number): boolean => Math.floor(one / 60_000) === Math.floor(other / 60_000)
