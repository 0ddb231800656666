import { z } from 'zod'
import { AwayError } from './ask-json'
import type { Entry, EntryKind } from './entry'
import { readLines } from './loki'
import type { Sources } from './options'
import { readTrace, sayTrace } from './tempo'

/** What somebody will ask about next. */
const notable: ReadonlySet<EntryKind> = new Set(['failure', 'slow-save', 'request'])
const mostExplained = 5

/**
 * Says of the slowest and the failed where their time went, by their traces, and what the services logged about them. Answers
 * what could not be asked: the time line stands without it.
 */
export async function explainEntries(entries: readonly Entry[], { tempo, loki }: Sources): Promise<string[]> {
  const chosen = entries
    .filter(({ kind, slowestMs, traceIds }) => notable.has(kind) && traceIds.length > 0 && (slowestMs ?? 0) > 0)
    .filter(({ kind, slowestMs }) => kind !== 'request' || (slowestMs ?? 0) >= 500)
    .toSorted((one, other) => (other.slowestMs ?? 0) - (one.slowestMs ?? 0))
    .slice(0, mostExplained)
  const notes = new Set<string>()
  await Promise.all(
    chosen.map(async (entry) => {
      const [traceId = ''] = entry.traceIds
      const said = await Promise.allSettled([sayPath(tempo, traceId), sayTroubles(loki, traceId, entry)])
      for (const each of said) {
        if (each.status === 'fulfilled') entry.because.push(...each.value)
        else if (each.reason instanceof AwayError) notes.add(each.reason.message)
        else throw each.reason
      }
    }),
  )
  return [...notes]
}

async function sayPath(tempo: string, traceId: string): Promise<string[]> {
  try {
    return [sayTrace(await readTrace(tempo, traceId))]
  } catch (error) {
    // Of ordinary requests one trace in twenty is kept.
    if (error instanceof AwayError && error.message.includes('answered 404')) return ['its trace was not kept']
    throw error
  }
}

const Trouble = z.object({ service: z.string(), msg: z.string(), err: z.object({ message: z.string() }).optional() })
const aroundMs = 60_000

async function sayTroubles(loki: string, traceId: string, { at, until }: Entry): Promise<string[]> {
  const query = `{service=~".+", level=~"warn|error|fatal"} | trace_id="${traceId}"`
  const { lines } = await readLines(loki, query, { from: at - aroundMs, to: until + aroundMs })
  const troubles = lines.flatMap((line) => Trouble.safeParse(safeJson(line)).data ?? [])
  // The edge's own line is the entry itself.
  const others = troubles.filter(({ msg }) => msg !== 'request')
  return [...new Set(others.map(({ service, msg, err }) => `${service} wrote: ${msg}${err ? `: ${err.message}` : ''}`))]
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
